import { cursor } from "./attack/asking";

/** The columns of a table by whether they show as they are. */
export type QueriedTable = { clear: readonly string[]; masked: readonly string[] };

const ops = [
  "is",
  "is-not",
  "starts",
  "contains",
  "empty",
  "any",
  "lt",
  "gte",
  "between",
  "null",
  "not-null",
  "like",
  "",
];
const values = [
  "a",
  "1",
  "2024-01-01",
  "1..9",
  "true",
  "%25",
  "'",
  "-1",
  "a,b",
  "…",
  "99999999999999999999",
  "5000",
  "mm",
];

/** Sound and unsound wishes alike: orders, filters, sizes, cursors, on clear and masked columns. */
export function randomQuery({ clear, masked }: QueriedTable, random: () => number): string {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const column = () => encodeURIComponent(pick(random() < 0.5 ? clear : masked) ?? "no_such_column");
  return [
    `f=${column()}:${pick(ops)}:${encodeURIComponent(pick(values) ?? "")}`,
    ...(random() < 0.5 ? [`f=${column()}:${pick(ops)}`] : []),
    ...(random() < 0.2
      ? forged(pick(masked) ?? "", pick(values) ?? "")
      : [`sort=${random() < 0.5 ? "-" : ""}${column()}`]),
    ...(random() < 0.3 ? [`size=${pick(["25", "50", "100", "200", "0", "x"])}`] : []),
    ...(random() < 0.3 ? [`cols=${column()},${column()}`] : []),
    ...(random() < 0.2 ? ["before=end"] : []),
    ...(random() < 0.1 ? [`after=${pick(["x", "W10", "WyIiLG51bGwsIjEiXQ"])}`] : []),
  ].join("&");
}

/** The same numbers in every run, so that a failure can be run again (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A place in the order of a masked column, made up by somebody who knows how cursors are written. */
function forged(column: string, value: string): string[] {
  return [`sort=${encodeURIComponent(column)}`, `after=${cursor(`key asc ${column}`, value, "0")}`];
}
