import type {
  ClassChoice,
  MaskChoice,
  PresetChoice,
  ReviewColumn,
  ReviewGroup,
  TableReview,
} from "@/lib/catalog/view";

/** What is chosen for a column on the screen. */
export type Choice = { classId: string; maskKey: string | null };

/** Choices that differ from what the server sent, by the id of the column. */
export type Edits = ReadonlyMap<string, Choice>;

export const groupOrder: readonly ReviewGroup[] = [
  "changed",
  "unsure",
  "likely",
  "sure",
  "confirmed",
  "gone",
];

export function choiceOf(column: ReviewColumn, edits: Edits): Choice {
  return edits.get(column.id) ?? { classId: column.classId, maskKey: column.maskKey };
}

/** The masks that are offered for a column as a member of a class: those made for other classes are not. */
export function masksOf(
  review: TableReview,
  column: ReviewColumn,
  { classId, maskKey }: Choice,
): readonly MaskChoice[] {
  const presets = review.presets.map((preset) => fittingKey(review, column, preset.maskKeys[classId] ?? ""));
  const kept = new Set([maskKey, column.maskKey, maskOfClass(review, column, classId), ...presets]);
  const offered = allMasks(review, column).filter(
    ({ key, classes }) => classes === null || classes.includes(classId) || kept.has(key),
  );
  const allowed = maskKey === null ? null : allowedPaths(maskKey);
  if (maskKey === null || allowed === null || offered.some(({ key }) => key === maskKey)) return offered;
  return offered.flatMap((mask) =>
    mask.key === documentKey ? [mask, withAllowed(mask, maskKey, allowed)] : [mask],
  );
}

const documentKey = "document";

/** The paths of which a mask of documents shows the values; null for every other mask. */
export function allowedPaths(maskKey: string): string[][] | null {
  if (maskKey === documentKey) return [];
  return maskKey.startsWith(`${documentKey} `)
    ? (JSON.parse(maskKey.slice(documentKey.length + 1)) as string[][])
    : null;
}

/** The key of the mask that shows these paths of a document, in one order whatever they were chosen in. */
export function allowingKey(paths: readonly (readonly string[])[]): string {
  if (paths.length === 0) return documentKey;
  return `${documentKey} ${JSON.stringify(paths.toSorted((a, b) => (a.join(".") < b.join(".") ? -1 : 1)))}`;
}

function withAllowed(mask: MaskChoice, key: string, allow: string[][]): MaskChoice {
  const shown = allow.map((path) => path.join(".")).join(", ");
  return {
    ...mask,
    key,
    name: `document, ${allow.length} ${allow.length === 1 ? "path" : "paths"} shown`,
    says: `The keys of the document with dots for its values, but for ${shown} with all that is below.`,
    mask: { method: "document", allow },
  };
}

const allMasks = (review: TableReview, column: ReviewColumn) => review.maskSets[column.maskSet] ?? [];

/** The key of the mask of a class. */
function maskOfClass(review: TableReview, column: ReviewColumn, classId: string): string | undefined {
  const own = fittingKey(review, column, review.tableMaskKeys[classId] ?? "");
  return own ?? fittingKey(review, column, classOf(review, classId)?.maskKey ?? "");
}

/** A mask as it fits a column: on each element or bound where the column holds several. */
function fittingKey(review: TableReview, column: ReviewColumn, wanted: string): string | undefined {
  const keys = new Set(allMasks(review, column).map(({ key }) => key));
  return [wanted, `elements ${wanted}`, `bounds ${wanted}`].find((key) => keys.has(key));
}

export function classOf(review: TableReview, id: string): ClassChoice | undefined {
  return review.classes.find((one) => one.id === id);
}

/** The choice after another class was picked: with the mask of that class, or redact where it does not fit. */
export function withClass(review: TableReview, column: ReviewColumn, classId: string): Choice {
  return { classId, maskKey: maskOfClass(review, column, classId) ?? "redact" };
}

/** The choices of some columns after a preset was taken over; columns of which it says nothing stay as they are. */
export function withPreset(
  review: TableReview,
  columns: readonly ReviewColumn[],
  edits: Edits,
  preset: PresetChoice,
): Edits {
  const changed = new Map(edits);
  for (const column of columns) {
    const { classId } = choiceOf(column, edits);
    const wanted = preset.maskKeys[classId];
    if (wanted === undefined || column.group === "gone") continue;
    changed.set(column.id, { classId, maskKey: fittingKey(review, column, wanted) ?? "redact" });
  }
  return changed;
}

/** The next mask with that letter, from the one that is chosen on; null when no mask of the type has it. */
export function maskByLetter(
  masks: readonly MaskChoice[],
  chosen: string | null,
  letter: string,
): string | null {
  const same = masks.filter((mask) => mask.letter === letter);
  const at = same.findIndex(({ key }) => key === chosen);
  return same[(at + 1) % Math.max(1, same.length)]?.key ?? null;
}

/** Whether Enter would change anything: the column waits, or its choice differs from what is stored. */
export function canConfirm(column: ReviewColumn, choice: Choice): boolean {
  if (column.group === "gone" || choice.maskKey === null) return false;
  if (column.state !== "confirmed" || column.group === "changed") return true;
  return choice.classId !== column.classId || choice.maskKey !== column.maskKey;
}

/** The columns in the order of the screen: by group, and within one as declared. */
export function inOrder(
  columns: readonly ReviewColumn[],
  groups: ReadonlyMap<string, ReviewGroup>,
): ReviewColumn[] {
  const place = (column: ReviewColumn) => groupOrder.indexOf(groups.get(column.id) ?? column.group);
  return [...columns].sort((a, b) => place(a) - place(b));
}
