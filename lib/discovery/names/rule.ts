import type { TypeCategory } from "@/lib/catalog/column-type";

/** What a table is about, as far as its name, its columns and its keys tell. */
export type TableContext =
  | "person"
  | "health"
  | "diagnosis"
  | "treatment"
  | "lab"
  | "card"
  | "organisation"
  | "place"
  | "city"
  | "country"
  | "conversation"
  | "pay"
  | "vehicle"
  | "job"
  /** It has a column for given names, or for family names, so that its "name" is the other half. */
  | "given"
  | "family"
  /** Its rows are somebody's. */
  | "linked"
  /** A list of codes: its rows are nobody's. */
  | "lookup";

/**
 * Names that mean a data class, as lists of phrases. `anywhere` may stand among other words; `alone` is taken
 * only when it is the whole name, for words that mean other things too; `within` needs a table of that kind.
 */
export type NameRule = {
  classId: string;
  anywhere?: string;
  alone?: string;
  within?: Partial<Record<TableContext, string>>;
  types: readonly TypeCategory[];
};

export const words = [
  "text",
  "enum",
  "array",
  "json",
  "xml",
  "other",
] as const satisfies readonly TypeCategory[];
export const numbers = ["number", "money"] as const satisfies readonly TypeCategory[];
export const moments = ["date", "timestamp", "time", "range"] as const satisfies readonly TypeCategory[];
export const wordsOrNumbers = [...words, ...numbers] as const;
/** Content that a yes or no or a code gives away as well as words do. */
export const anyContent = [
  ...words,
  ...numbers,
  "boolean",
  "bytea",
] as const satisfies readonly TypeCategory[];
