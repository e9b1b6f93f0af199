import type { Question } from "@/lib/discovery/values/question";

/** What a source answered of one column: numbers only. */
export type ColumnRates = {
  /** Rows looked at, values that are there, and how many of them differ. */
  rows: number;
  filled: number;
  distinct: number;
  /** In characters. */
  meanLength: number;
  /** Of dates: how many decades they are from. */
  decades: number;
  /** By the id of a signal: the part of the values that say yes, 0 to 1. */
  rates: ReadonlyMap<string, number>;
};

/** The numbers of an answer by column; null when it holds anything that is no number, which no answer ever should. */
export function readRates(
  { columns, passes }: Pick<Question, "columns" | "passes">,
  answer: readonly (readonly (string | null)[])[],
): Map<string, ColumnRates> | null {
  const found = columns.map(() => new Map<string, number>());
  let rows = 0;
  for (const [pass, at, list] of answer) {
    const numbers = (list ?? "")
      .split(",")
      .map((cell) => (/^\d+(\.\d+)?$/u.test(cell) ? Number(cell) : Number.NaN));
    if (numbers.some(Number.isNaN)) return null;
    if (pass === "-1") {
      rows = numbers[0] ?? 0;
      continue;
    }
    const ids = passes[Number(pass)];
    const own = found[Number(at)];
    if (ids?.length !== numbers.length || own === undefined) return null;
    ids.forEach((id, place) => own.set(id, numbers[place] ?? 0));
  }
  return new Map(columns.map((column, at) => [column, ratesOf(rows, found[at] ?? new Map())]));
}

function ratesOf(rows: number, counted: ReadonlyMap<string, number>): ColumnRates {
  const count = (id: string) => counted.get(id) ?? 0;
  const filled = count("filled");
  const rates = [...counted].map(([id, yes]) => [id, filled === 0 ? 0 : yes / filled] as const);
  return {
    rows,
    filled,
    distinct: count("distinct"),
    meanLength: count("meanLength"),
    decades: count("decades"),
    rates: new Map(rates),
  };
}
