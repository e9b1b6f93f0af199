import type { ClassBook, DataClass } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import { presets } from "@/lib/catalog/presets";
import type { ClassChoice, MaskChoice, PresetChoice } from "@/lib/catalog/view";
import { openness } from "@/lib/masking/kind";
import { describeMask, kindOf, type Mask, maskFits, maskKey, maskKinds, maskName } from "@/lib/masking/mask";

const usual: readonly Mask[] = maskKinds.flatMap((kind) => kind.usual as readonly Mask[]);

/** The masks that fit a type, from open to closed: the usual ones, those of the classes, and `more`. */
export function maskChoices(type: ColumnType, book: ClassBook, more: readonly Mask[] = []): MaskChoice[] {
  const masks = new Map<string, Mask>();
  for (const mask of [...usual, ...book.all.map((one) => one.defaultMask), ...more]) {
    if (maskFits(type, mask) && !masks.has(maskKey(mask))) masks.set(maskKey(mask), mask);
  }
  return [...masks].map(([key, mask]) => choiceOf(key, mask)).sort((a, b) => rank(a.mask) - rank(b.mask));
}

function choiceOf(key: string, mask: Mask): MaskChoice {
  const kind = kindOf(mask);
  return {
    key,
    name: maskName(mask),
    says: describeMask(mask),
    letter: kind?.letter ?? "",
    cost: kind === undefined || kind.costNs === 0 ? null : costWords(kind.costNs),
    classes: kind?.classesOf?.(mask) ?? kind?.classes ?? null,
    mask,
  };
}

/** Measured by the bench over a million values; a page of a hundred rows costs a hundred times as much. */
function costWords(ns: number): string {
  const micros = ns / 1_000;
  return micros < 1 ? "under 1 µs a row" : `about ${Math.round(micros)} µs a row`;
}

/** By what the mask leaves to be seen, then in the order of the kinds. */
function rank(mask: Mask): number {
  const kind = kindOf(mask);
  if (kind === undefined) return openness.length;
  return openness.indexOf(kind.openness) + maskKinds.indexOf(kind) / maskKinds.length;
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
export const classChoicesOf = (book: ClassBook): ClassChoice[] => [nothing, ...book.all.map(classChoice)];

/** The rule books whose masks a steward can take over. */
export const presetChoices: readonly PresetChoice[] = presets.map(({ id, title, says, masks }) => ({
  id,
  title,
  says,
  maskKeys: Object.fromEntries(Object.entries(masks).map(([classId, mask]) => [classId, maskKey(mask)])),
}));

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
