import { setTimeout as sleep } from "node:timers/promises";
import { cursor, type Ask, type Question, type Seen } from "./asking";
import { maskedColumns, type Game, type Hidden } from "./game";

/** A leak that is put between Glimpse and whoever asks: a product with a fault of this kind would answer so. */
export type Plant = { name: string; between: (ask: Ask, game: Game) => Ask };

type Leak = (question: Question, seen: Seen, hiddenOf: (id: string) => Hidden | undefined) => Seen;

const plant = (name: string, leak: Leak): Plant => ({
  name,
  between: (ask, game) => async (question) =>
    leak(question, await ask(question), (id) => game.hidden.get(id)),
});

const paramsOf = (question: Question) => new URLSearchParams(question.kind === "page" ? question.query : "");

type Condition = { column: keyof Hidden; op: string; value: string };

/** The filters of a question on masked columns. */
function masked(question: Question): Condition[] {
  return paramsOf(question)
    .getAll("f")
    .flatMap((text) => {
      const [column = "", op = "", value = ""] = text.split(":");
      return isMasked(column) ? [{ column, op, value }] : [];
    });
}

const isMasked = (column: string): column is keyof Hidden =>
  (maskedColumns as readonly string[]).includes(column);

/** In the order of numbers for what is one, else in that of texts. */
function order(one: string, other: string): number {
  const number = Number(one) - Number(other);
  return Number.isNaN(number) ? (one < other ? -1 : one > other ? 1 : 0) : number;
}

function holds({ column, op, value }: Condition, hidden: Hidden | undefined): boolean {
  if (hidden === undefined) return false;
  const own = hidden[column];
  switch (op) {
    case "gte":
      return order(own, value) >= 0;
    case "between":
      return order(own, value.split("..")[0] ?? "") >= 0;
    case "starts":
      return own.startsWith(value);
    case "contains":
      return own.includes(value);
    default:
      return true;
  }
}

const filter = plant("filter", (question, seen, hiddenOf) => ({
  ...seen,
  ids: seen.ids.filter((id) => masked(question).every((condition) => holds(condition, hiddenOf(id)))),
}));

const count = plant("count", (question, seen, hiddenOf) =>
  masked(question).length === 0
    ? seen
    : {
        ...seen,
        total: seen.ids.filter((id) => masked(question).every((one) => holds(one, hiddenOf(id)))).length,
      },
);

const sort = plant("sort", (question, seen, hiddenOf) => {
  const sorted = paramsOf(question).get("sort") ?? "";
  const column = sorted.replace(/^-/, "");
  if (!isMasked(column)) return seen;
  const sign = sorted.startsWith("-") ? -1 : 1;
  const of = (id: string) => hiddenOf(id)?.[column] ?? "";
  return { ...seen, ids: seen.ids.toSorted((one, other) => sign * order(of(one), of(other))) };
});

const forgedCursor = plant("forged cursor", (question, seen, hiddenOf) => {
  const after = Buffer.from(paramsOf(question).get("after") ?? "", "base64url").toString();
  const [, column = "", value = ""] = /^\["key asc (\w+)","([^"]*)"/.exec(after) ?? [];
  if (!isMasked(column)) return seen;
  return { ...seen, ids: seen.ids.filter((id) => order(hiddenOf(id)?.[column] ?? "", value) > 0) };
});

const givenCursor = plant("cursor given out", (_, seen, hiddenOf) => ({
  ...seen,
  text: seen.text.replaceAll(/after=[\w-]+/g, (one) => {
    const note = hiddenOf(seen.ids.at(-1) ?? "")?.note;
    return note === undefined ? one : `after=${cursor("key", note, seen.ids.at(-1)!)}`;
  }),
}));

const cast = plant("cast and error text", (question, seen, hiddenOf) => {
  const isOdd = masked(question).length > 0 || /cols=|after=/.test(paramsOf(question).toString());
  const own = hiddenOf(seen.ids[0] ?? "");
  if (!isOdd || own === undefined) return seen;
  return { ...seen, text: `${seen.text} invalid input syntax for type integer: "${own.note}"` };
});

/** As if it looked into masked columns too, by what a term begins with, and put first who earns most. */
const search: Plant = {
  name: "search",
  between:
    (ask, { targets, hidden }) =>
    async (question) => {
      const seen = await ask(question);
      if (question.kind !== "search") return seen;
      const begins = (id: string) =>
        Object.values(hidden.get(id) ?? {}).some((value) => value.startsWith(question.term));
      const found = targets.flatMap(({ ids }) => ids).filter(begins);
      const earns = (id: string) => hidden.get(id)?.salary ?? "";
      return {
        ...seen,
        ids: [...found, ...seen.ids].toSorted((one, other) => order(earns(other), earns(one))),
      };
    },
};

const bytes = plant("bytes of the answer", (question, seen, hiddenOf) => {
  const id = question.kind === "record" ? question.id : seen.ids[0];
  return { ...seen, text: seen.text + " ".repeat(hiddenOf(id ?? "")?.note.length ?? 0) };
});

/** As if the source read what is hidden and threw it away. */
const timing: Plant = {
  name: "timing",
  between:
    (ask, { hidden }) =>
    async (question) => {
      const started = performance.now();
      const seen = await ask(question);
      await sleep((hidden.get(seen.ids[0] ?? "")?.note.length ?? 0) / 10);
      return { ...seen, ms: performance.now() - started };
    },
};

const lookup: Plant = {
  name: "lookup",
  between:
    (ask, { hidden }) =>
    async (question) => {
      const seen = await ask(question);
      if (question.kind !== "lookup") return seen;
      const [start = "", end = ""] = question.term.split("@");
      const found = [...hidden].filter(
        ([, { email }]) => email.startsWith(start.slice(0, 2)) && email.endsWith(`@${end}`),
      );
      return { ...seen, ids: found.map(([id]) => id) };
    },
};

const check = plant("check", (question, seen, hiddenOf) => {
  if (question.kind !== "check" || !isMasked(question.column)) return seen;
  const own = hiddenOf(question.id)?.[question.column] ?? "";
  const isLike =
    own.slice(0, 1) === question.said.slice(0, 1) && own.slice(1, 2) === question.said.slice(1, 2);
  return { ...seen, ids: isLike || order(own, question.said) > 0 ? [question.id] : [] };
});

/** One of each kind, named after the channel by which it is found. */
export const plants: readonly Plant[] = [
  filter,
  { ...filter, name: "binary search by filter" },
  sort,
  count,
  forgedCursor,
  givenCursor,
  cast,
  search,
  bytes,
  timing,
  lookup,
  check,
];
