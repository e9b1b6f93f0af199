import { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import { type AnyKind, kindIdOf, type MaskOf } from "@/lib/masking/kind";
import { simpleKinds } from "@/lib/masking/kinds";
import { bounds, elements } from "@/lib/masking/methods/members";

const kinds = [...simpleKinds, elements, bounds] as const;

export type Mask = MaskOf<(typeof kinds)[number]>;

/** The stored form of a mask, and what a form may send. */
export const maskSchema: z.ZodType<Mask> = z.union(
  kinds.map(({ schema }) => schema),
) as unknown as z.ZodType<Mask>;

/** Every kind of mask, each as one of many. */
export const maskKinds = kinds as unknown as readonly AnyKind[];

const byId = new Map(maskKinds.map((kind) => [kind.id, kind]));

/** The kind of a mask; undefined for what no kind of this version has stored. */
export function kindOf(mask: Mask): AnyKind | undefined {
  return byId.get(kindIdOf(mask));
}

/** Whether this very mask can be computed over the type; what does not fit compiles to redact. */
export function maskFits(type: ColumnType, mask: Mask): boolean {
  return kindOf(mask)?.fits(type, mask) ?? false;
}

/** Whether values are read at all to show the mask: of what is hidden or redacted none is. */
export function isRead(mask: Mask): boolean {
  return mask.method !== "hidden" && mask.method !== "redact";
}

/** What identifies a mask among others: two masks that show the same have the same key. */
export function maskKey(mask: Mask): string {
  const kind = kindOf(mask);
  return kind === undefined ? "" : `${kind.id} ${kind.variant(mask)}`.trim();
}

/** A mask in a few words, such as `partial, last 4`. */
export function maskName(mask: Mask): string {
  return kindOf(mask)?.name(mask) ?? "hidden";
}

/** Says in words what people see under the mask and what it still gives away. */
export function describeMask(mask: Mask): string {
  return kindOf(mask)?.says(mask) ?? "Not shown: this version does not know its mask.";
}
