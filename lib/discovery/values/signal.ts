/** What a statement has ready of each value: SQL names of derived columns. */
export type Cells = {
  /** The value as text, trimmed, NULL where empty. */
  v: string;
  /** Its digits. */
  d: string;
  /** In lower case without accents. */
  p: string;
  /** What the dictionary says of the whole, of the first word and of the last one: a sum of `bits`. */
  whole: string;
  first: string;
  last: string;
  /** How many characters, digits and words the value has. */
  length: string;
  digits: string;
  words: string;
};

/** How a column is looked at. */
export type CellKind = "text" | "number" | "date" | "document" | "binary";

/** A question that every value of a column answers with yes or no. */
export type Signal = {
  id: string;
  on: readonly CellKind[];
  /** "97 % of 500 values …" */
  says: string;
  /** What is cheap to tell and must hold before the question is put: a pattern costs a hundred times as much. */
  gate?: (cells: Cells) => string;
  sql: (cells: Cells) => string;
};

/** A gate: the value has so many digits, characters or words. */
export const gates = {
  digits:
    (least: number, most = 400) =>
    ({ digits }: Cells) =>
      `${digits} BETWEEN ${least} AND ${most}`,
  length:
    (least: number, most = 400) =>
    ({ length }: Cells) =>
      `${length} BETWEEN ${least} AND ${most}`,
  words:
    (least: number, most = 400) =>
    ({ words }: Cells) =>
      `${words} BETWEEN ${least} AND ${most}`,
  holds:
    (part: string) =>
    ({ v }: Cells) =>
      `strpos(${v}, '${part}') > 0`,
} as const;

/** What a word of the dictionary is. */
export const bits = { given: 1, family: 2, city: 4, country: 8, region: 16 } as const;
