import { dataClasses, type DataClass } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import { maskName } from "@/lib/catalog/mask-words";
import type { ClassChoice, MaskChoice } from "@/lib/catalog/view";
import {
  defaultBucketSize,
  defaultKeep,
  describeMask,
  type Mask,
  maskFits,
  type MaskMethod,
} from "@/lib/masking/mask";

const letters: Record<MaskMethod, string> = {
  clear: "c",
  hidden: "h",
  redact: "r",
  partial: "p",
  pseudonym: "t",
  generalise: "g",
};

/** What identifies a mask among the choices: two masks that show the same have the same key. */
export function maskKey(mask: Mask): string {
  switch (mask.method) {
    case "clear":
    case "hidden":
    case "redact":
    case "pseudonym":
      return mask.method;
    case "partial":
      return mask.shape === "email"
        ? "partial email"
        : `partial ${mask.shape} ${mask.keep ?? defaultKeep[mask.shape]}`;
    case "generalise":
      return mask.to === "year" ? "year" : `bucket ${mask.size ?? defaultBucketSize}`;
  }
}

const usual: readonly Mask[] = [
  { method: "clear" },
  { method: "partial", shape: "email" },
  { method: "partial", shape: "phone", keep: 2 },
  { method: "partial", shape: "last", keep: 4 },
  { method: "generalise", to: "year" },
  ...[10, 100, 1_000, 10_000].map((size): Mask => ({ method: "generalise", to: "bucket", size })),
  { method: "pseudonym" },
  { method: "redact" },
  { method: "hidden" },
];

/** The masks that fit a type, from open to closed: the usual ones, those of the classes, and `more`. */
export function maskChoices(type: ColumnType, more: readonly Mask[] = []): MaskChoice[] {
  const masks = new Map<string, Mask>();
  for (const mask of [...usual, ...dataClasses.map((one) => one.defaultMask), ...more]) {
    if (maskFits(type, mask) && !masks.has(maskKey(mask))) masks.set(maskKey(mask), mask);
  }
  return [...masks]
    .map(([key, mask]) => ({
      key,
      name: maskName(mask),
      says: describeMask(mask),
      letter: letters[mask.method],
      mask,
    }))
    .sort((a, b) => rank(a.mask) - rank(b.mask));
}

const order: readonly MaskMethod[] = ["clear", "partial", "generalise", "pseudonym", "redact", "hidden"];

/** By method; within one, the mask that gives away less comes later. */
function rank(mask: Mask): number {
  const within =
    mask.method === "partial"
      ? (["email", "phone", "last"].indexOf(mask.shape) * 10 - (mask.keep ?? 0)) / 100
      : mask.method === "generalise" && mask.to === "bucket"
        ? (mask.size ?? defaultBucketSize) / 1e10
        : 0;
  return order.indexOf(mask.method) + within;
}

const nothing: ClassChoice = {
  id: "none",
  title: "Nothing sensitive",
  group: "none",
  sensitivity: 0,
  regulations: [],
  maxRevealMinutes: 0,
  maskKey: "clear",
};

/** The classes among which a steward chooses, `none` first. */
export const classChoices: readonly ClassChoice[] = [nothing, ...dataClasses.map(classChoice)];

function classChoice({
  id,
  title,
  group,
  sensitivity,
  regulations,
  defaultMask,
  maxRevealMinutes,
}: DataClass): ClassChoice {
  return { id, title, group, sensitivity, regulations, maxRevealMinutes, maskKey: maskKey(defaultMask) };
}
