import { kindIdOf } from "@/lib/masking/kind";
import { kindOf, type Mask } from "@/lib/masking/mask";

/** A confirmed or chosen column that may hold card numbers, or the last digits of some. */
export type CardColumn = { name: string; classId: string; mask: Mask };

/** Names of columns that hold the first or the last digits of a card. */
const partOfCard = /last_?(4|four|digits)|first_?(6|8|six)|(^|_)(bin|iin|ending|suffix)(_|$)/iu;

/** Whether a card number shows as a keyed hash under the mask, and not as a part of itself. */
export function isKeyedCard(classId: string, mask: Mask): boolean {
  const shown = mask.method === "elements" ? mask.of : mask;
  return classId === "pan" && kindOf(shown)?.openness === "pseudonym";
}

/**
 * Why these columns of one source may not show as they are chosen: a keyed hash of card numbers beside a part of the
 * same numbers lets both be put together again (PCI DSS 4.0.1, 3.5.1). Null where nothing is wrong.
 */
export function cardConflict(columns: readonly CardColumn[]): string | null {
  const hashed = columns.find(({ classId, mask }) => isKeyedCard(classId, mask));
  const parted = columns.find((column) => showsPart(column));
  if (!hashed || !parted) return null;
  return `${hashed.name} would show a pseudonym and ${parted.name} a part of the same card numbers. Together they tell more than each: choose one of the two for both.`;
}

function showsPart({ name, classId, mask }: CardColumn): boolean {
  if (classId === "payment_metadata") return partOfCard.test(name) && openTo(mask);
  return classId === "pan" && openTo(mask);
}

function openTo(mask: Mask): boolean {
  const shown = mask.method === "elements" ? mask.of : mask;
  return shown.method === "clear" || kindIdOf(shown).startsWith("partial ");
}
