import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";

export const filterOps = [
  "is",
  "is-not",
  "starts",
  "contains",
  "empty",
  "any",
  "lt",
  "lte",
  "gt",
  "gte",
  "between",
  "null",
  "not-null",
] as const;

export type FilterOp = (typeof filterOps)[number];

const comparisons = [
  "is",
  "is-not",
  "lt",
  "lte",
  "gt",
  "gte",
  "between",
] as const satisfies readonly FilterOp[];

const byCategory: Partial<Record<TypeCategory, readonly FilterOp[]>> = {
  text: ["is", "is-not", "starts", "contains", "empty"],
  number: comparisons,
  money: comparisons,
  date: comparisons,
  timestamp: ["is", "lt", "lte", "gt", "gte", "between"],
  time: comparisons,
  boolean: ["is"],
  enum: ["any", "is", "is-not"],
  uuid: ["is", "is-not"],
  inet: ["is", "is-not"],
};

/** What a column of this type can be filtered by, most useful first; presence can be asked of every type. */
export function opsOf(type: ColumnType): FilterOp[] {
  return [...(byCategory[type.category] ?? []), "null", "not-null"];
}

const words: Record<FilterOp, string> = {
  is: "is",
  "is-not": "is not",
  starts: "starts with",
  contains: "contains",
  empty: "is empty",
  any: "is any of",
  lt: "is below",
  lte: "is at most",
  gt: "is above",
  gte: "is at least",
  between: "is between",
  null: "has no value",
  "not-null": "has a value",
};

const temporalWords: Partial<Record<FilterOp, string>> = {
  lt: "is before",
  lte: "is not after",
  gt: "is after",
  gte: "is not before",
};

/** An operator as chips and menus say it. */
export function opWords(type: ColumnType, op: FilterOp): string {
  const isTemporal = type.category === "date" || type.category === "timestamp" || type.category === "time";
  return (isTemporal ? temporalWords[op] : undefined) ?? words[op];
}
