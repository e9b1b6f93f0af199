import { randomInt } from "node:crypto";
import { abreast } from "@/lib/testing/lanes";
import { cursor, page, type Ask, type Question, type Seen } from "./asking";
import { maskedColumns, type Game, type Target } from "./game";

/** A way to learn what a mask hides: asks about a target and guesses which of the two is the one. */
export type Channel = {
  name: string;
  /** Asks one thing at a time, because it measures how long that takes. */
  isAlone?: true;
  guess: (ask: Ask, target: Target) => Promise<0 | 1>;
};

/** How an attack on all targets by one channel went. */
export type Attacked = { channel: string; right: number; of: number; requests: number };

/** Plays one channel against every target of a game. The answers are looked at when all guesses are made. */
export async function attack({ targets, answers }: Game, channel: Channel, ask: Ask): Promise<Attacked> {
  let requests = 0;
  const counted: Ask = (question) => {
    requests++;
    return ask(question);
  };
  const guesses = await abreast(
    targets,
    (target) => channel.guess(counted, target),
    channel.isAlone ? 1 : undefined,
  );
  const right = guesses.filter((guess, at) => guess === answers[at]).length;
  return { channel: channel.name, right, of: targets.length, requests };
}

const pick = <T>(items: readonly T[]): T => items[randomInt(items.length)]!;
/** The member that an answer points at; the first one where it points at none. */
const memberOf = ({ ids }: Target, id: string | undefined): 0 | 1 => (id === ids[1] ? 1 : 0);
const larger = (first: number, second: number): 0 | 1 => (second > first ? 1 : 0);
const only = ({ ids }: Seen): string | undefined => (ids.length === 1 ? ids[0] : undefined);

/** True of the one and of nobody else. */
const tests = [
  "salary:gte:5000",
  "salary:between:5000..9000",
  "email:starts:mz",
  "note:contains:cancer",
  "born:gte:1980-07-01",
];

async function bothOf(ask: Ask, { ids }: Target, about: (id: string) => Question): Promise<[Seen, Seen]> {
  return [await ask(about(ids[0])), await ask(about(ids[1]))];
}

const filter: Channel = {
  name: "filter",
  guess: async (ask, target) =>
    memberOf(target, only(await ask(page(["f", `team:is:${target.team}`], ["f", pick(tests)])))),
};

/** Halves the range of a salary until it is known well enough. */
const bisection: Channel = {
  name: "binary search by filter",
  guess: async (ask, target) => {
    let [least, most] = [0, 10_000];
    while (most - least > 100) {
      const middle = Math.floor((least + most) / 2);
      const seen = await ask(page(["f", `id:is:${target.ids[0]}`], ["f", `salary:gte:${middle}`]));
      if (seen.ids.length > 0) least = middle;
      else most = middle;
    }
    return least >= 5_000 ? 0 : 1;
  },
};

const sort: Channel = {
  name: "sort",
  guess: async (ask, target) => {
    const seen = await ask(page(["f", `team:is:${target.team}`], ["sort", `-${pick(maskedColumns)}`]));
    return memberOf(target, seen.ids[0]);
  },
};

const count: Channel = {
  name: "count",
  guess: async (ask, target) => {
    const test = pick(tests);
    const [first, second] = await bothOf(ask, target, (id) => page(["f", `id:is:${id}`], ["f", test]));
    return larger(first.total ?? 0, second.total ?? 0);
  },
};

const forgedCursor: Channel = {
  name: "forged cursor",
  guess: async (ask, target) => {
    const [column, value] = pick([
      ["salary", "5000"],
      ["email", "mm"],
      ["born", "1980-07-01"],
      ["note", "hz"],
    ] as const);
    const after = cursor(`key asc ${column}`, value, "0");
    const seen = await ask(page(["f", `team:is:${target.team}`], ["sort", column], ["after", after]));
    return memberOf(target, only(seen));
  },
};

/** The cursor of a page whose last row is the one asked about. */
const givenCursor: Channel = {
  name: "cursor given out",
  guess: async (ask, target) => {
    const [first, second] = await bothOf(ask, target, (id) =>
      page(["f", `id:gt:${Number(id) - 25}`], ["size", "25"]),
    );
    return larger(cursorLength(first), cursorLength(second));
  },
};

const cursorLength = ({ text }: Seen) =>
  Math.max(0, ...(text.match(/after=[\w-]+/g) ?? []).map((one) => one.length));

/** Values that fit no type, and names that are asked for twice: an error, or a column out of place, would quote what is hidden. */
const quoting: readonly (readonly (readonly [string, string])[])[] = [
  [["f", "salary:is:high"]],
  [["f", "note:lt:1"]],
  [["f", "email:is:'"]],
  [
    ["sort", "salary"],
    ["after", cursor("key asc salary", "high", "x")],
  ],
  [["cols", "id,note,note,salary,salary"]],
  [["after", cursor("key", null, "x")]],
];

const cast: Channel = {
  name: "cast and error text",
  guess: async (ask, target) => {
    const wish = pick(quoting);
    const [first, second] = await bothOf(ask, target, (id) => page(["f", `id:is:${id}`], ...wish));
    return larger(quoted(first), quoted(second));
  },
};

const quoted = ({ text }: Seen) => (/mz[0-9a-f]{8}@|\b8\d{3}\.\d\d\b|cancer since/.test(text) ? 1 : 0);

const bytes: Channel = {
  name: "bytes of the answer",
  guess: async (ask, target) => {
    const question = pick<(id: string) => Question>([
      (id) => page(["f", `id:is:${id}`]),
      (id) => ({ kind: "record", id }),
    ]);
    const [first, second] = await bothOf(ask, target, question);
    return larger(first.text.length, second.text.length);
  },
};

/** The median of a few askings each, in turns, so that a busy machine is busy for both. */
const timing: Channel = {
  name: "timing",
  isAlone: true,
  guess: async (ask, target) => {
    const took: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 5; turn++) {
      const [first, second] = await bothOf(ask, target, (id) => page(["f", `id:is:${id}`]));
      took[0].push(first.ms);
      took[1].push(second.ms);
    }
    return larger(median(took[0]), median(took[1]));
  },
};

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** What begins a hidden value, and a whole one; or both members by what is clear, in an order that may tell. */
const search: Channel = {
  name: "search",
  guess: async (ask, target) => {
    const term = pick(["mz", "ill with cancer", "1980-11-03", String(target.team)]);
    const { ids } = await ask({ kind: "search", term });
    return memberOf(
      target,
      ids.find((id) => target.ids.includes(id)),
    );
  },
};

/** A part of a value, a pattern, or a guess, where only a whole value is taken; a lookup for as long as they last. */
const lookup: Channel = {
  name: "lookup",
  guess: async (ask, target) => {
    const term = pick(["mz%", "mz________", "mz*", "mz.{8}", "mz00000000"]) + `@t${target.team}.example`;
    return memberOf(target, only(await ask({ kind: "lookup", column: "email", term })));
  },
};

const check: Channel = {
  name: "check",
  guess: async (ask, target) => {
    const [column, said] = pick([
      ["email", `mz%@t${target.team}.example`],
      ["email", `mz________@t${target.team}.example`],
      ["salary", "8000"],
      ["note", "ill with cancer"],
    ] as const);
    const seen = await ask({ kind: "check", id: target.ids[0], column, said });
    return memberOf(target, seen.ids[0] === target.ids[0] ? target.ids[0] : target.ids[1]);
  },
};

/** All channels but those that have a budget. */
export const channels: readonly Channel[] = [
  filter,
  bisection,
  sort,
  count,
  forgedCursor,
  givenCursor,
  cast,
  search,
  bytes,
  timing,
];

/** Answers are few, slow and on record. */
export const budgetedChannels: readonly Channel[] = [lookup, check];
