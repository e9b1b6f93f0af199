import type { ClassBook } from "@/lib/catalog/classes";
import { classChoicesOf, maskChoices, presetChoices } from "@/lib/catalog/mask-choices";
import { personColumn, proposedIn, tableMaskKeys } from "@/lib/catalog/person-column";
import { surenessOf } from "@/lib/catalog/sureness";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { ReviewColumn, ReviewCounts, ReviewGroup, TableReview } from "@/lib/catalog/view";
import { type Mask, maskFits, maskKey } from "@/lib/masking/mask";

/** The review of a table as its page shows it. */
export function reviewOf(table: CatalogTable, book: ClassBook): TableReview {
  const columns = table.columns.map((column) => reviewColumn(column, table, book));
  const sets = new Map<string, CatalogColumn[]>();
  for (const column of table.columns) {
    const key = maskSetOf(column);
    sets.set(key, [...(sets.get(key) ?? []), column]);
  }
  const maskSets = Object.fromEntries(
    [...sets].flatMap(([key, own]) => {
      const [first] = own;
      const chosen = own.flatMap(({ mask, lastMask }) => [mask, ...(lastMask ? [lastMask] : [])]);
      return first ? [[key, maskChoices(first.type, book, [...chosen, ...shiftsOf(table)])]] : [];
    }),
  );
  return {
    tableId: table.id,
    sourceId: table.source.id,
    columns,
    classes: classChoicesOf(book),
    presets: presetChoices,
    maskSets,
    tableMaskKeys: tableMaskKeys(personColumn(table), book),
  };
}

function reviewColumn(column: CatalogColumn, table: CatalogTable, book: ClassBook): ReviewColumn {
  const chosen = chosenFor(column, book, personColumn(table));
  const link = table.refersTo.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
  return {
    id: column.id,
    version: column.version,
    name: column.name,
    type: shortType(column.type.name),
    maskSet: maskSetOf(column),
    comment: column.comment,
    nullable: column.nullable,
    generated: column.generated,
    isKey: table.keyColumns.includes(column.name),
    refersTo: link ? `${link.other.name}.${link.otherColumns[0] ?? ""}` : null,
    readable: column.readable,
    state: column.state,
    group: groupOf(column),
    classId: chosen.classId,
    maskKey: chosen.mask && maskKey(chosen.mask),
    proposed: {
      classId: column.proposal.classId,
      why: column.proposal.why,
      percent: Math.round(column.proposal.confidence * 100),
    },
  };
}

/** Columns of one set have the same masks to choose from. */
const maskSetOf = ({ type }: CatalogColumn) => `${type.category} ${type.base.name}`;

/** Dates moved by each column that names whom a row is about: what refers to another table, or the key alone. */
export function shiftsOf(table: Pick<CatalogTable, "refersTo" | "keyColumns">): Mask[] {
  const refers = table.refersTo.flatMap(({ columns }) => (columns.length === 1 ? columns : []));
  const key = table.keyColumns.length === 1 ? table.keyColumns : [];
  return [...new Set([...refers, ...key])].map((person): Mask => ({ method: "shift", person }));
}

const longNames: readonly (readonly [long: RegExp, short: string])[] = [
  [/^timestamp(\(\d\))? with time zone/u, "timestamptz$1"],
  [/^timestamp(\(\d\))? without time zone/u, "timestamp$1"],
  [/^time(\(\d\))? with time zone/u, "timetz$1"],
  [/^time(\(\d\))? without time zone/u, "time$1"],
  [/^character varying/u, "varchar"],
  [/^character\b/u, "char"],
  [/^bit varying/u, "varbit"],
  [/^double precision/u, "float8"],
];

/** The name of a type as people write it, so that a list of columns keeps its width. */
export function shortType(name: string): string {
  return longNames.reduce((shorter, [long, short]) => shorter.replace(long, short), name);
}

const changed: ReadonlySet<string> = new Set(["retyped", "unclassed"]);

function groupOf(column: CatalogColumn): ReviewGroup {
  if (column.gone) return "gone";
  if (column.state === "suspended" || changed.has(column.shown.why)) return "changed";
  if (column.state === "confirmed") return "confirmed";
  return surenessOf(column.proposal.confidence);
}

/**
 * What is chosen when the review opens: what a steward chose before, else what is proposed. A guess that a column
 * holds nothing sensitive is no choice: whoever presses Enter through a list would show it to everybody.
 */
export function chosenFor(
  column: CatalogColumn,
  book: ClassBook,
  person: string | null = null,
): { classId: string; mask: Mask | null } {
  const stands = column.classId === "none" || (column.classId !== null && book.get(column.classId));
  if (stands && column.classId !== null) {
    const { state, classId, mask, lastMask, type } = column;
    if (state === "confirmed") return { classId, mask };
    if (lastMask !== null && maskFits(type, lastMask)) return { classId, mask: lastMask };
  }
  const { confidence } = column.proposal;
  const classId = book.get(column.proposal.classId) ? column.proposal.classId : "none";
  if (classId === "none" && surenessOf(confidence) === "unsure") return { classId, mask: null };
  return { classId, mask: proposedIn(person, classId, column.type, book) };
}

/** How far the review of these columns is. */
export function reviewCounts(columns: readonly ReviewColumn[]): ReviewCounts {
  const count = (group: ReviewGroup) => columns.filter((column) => column.group === group).length;
  return {
    columns: columns.length - count("gone"),
    confirmed: count("confirmed"),
    changed: count("changed"),
    sure: count("sure"),
    likely: count("likely"),
    unsure: count("unsure"),
  };
}
