import type { Answer, Client } from "./client";
import type { Cast } from "./cast";
import { addressesFrom, type BrowsedTable } from "./crawl";
import { abreast } from "./lanes";
import { settled } from "./settled";

/** A question to Glimpse that can be put again, named by its address; a call by the name of its action. */
export type Ask = { address: string; ask: () => Promise<Answer> };

/** All that agents and stewards come to from these tables, and wishes that no page links to; a partition is read as its table is. */
export async function pageAsks(
  { Ana: agent, Sam: steward }: Cast,
  tables: readonly BrowsedTable[],
): Promise<Ask[]> {
  const random = seeded(20_261_124);
  const wished = tables
    .filter(({ isPartition }) => !isPartition)
    .map((table) => ({
      table,
      wishes: [randomQuery(table, random), randomQuery(table, random)],
    }));
  // An hour has a budget of exports.
  const exported = new Set(wished.slice(0, 10).map(({ table }) => table.path));
  const asks = await abreast(wished, async ({ table, wishes: [one = "", other = ""] }) => {
    const page = `/browse/${table.path}`;
    return [
      get(agent, `${page}/find`),
      get(agent, `${page}/views?${one}`),
      ...(exported.has(table.path)
        ? [get(agent, `${page}/export?format=csv&${one}`), get(agent, `${page}/export?format=ndjson`)]
        : []),
      ...[
        ...(await addressesFrom(agent, { ...table, masked: table.masked.slice(0, 1) })),
        `${page}?${one}`,
      ].map((address) => get(agent, address)),
      payload(agent, `${page}?${other}`),
      get(steward, `/catalog/${table.path}`),
      get(steward, `/api/samples?table=${table.id}`),
    ];
  });
  return asks.flat();
}

/** What is answered to each, in their order. */
export async function answersOf(asks: readonly Ask[]): Promise<string[]> {
  return abreast(asks, async ({ ask }) => settled(await ask()));
}

const get = (client: Client, address: string): Ask => ({ address, ask: () => client.get(address) });
const payload = (client: Client, address: string): Ask => ({
  address,
  ask: () => client.getPayload(address, { RSC: "1" }),
});

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
const values = ["a", "1", "2024-01-01", "1..9", "true", "%25", "'", "-1", "a,b", "…", "99999999999999999999"];

/** Sound and unsound wishes alike: orders, filters, sizes, cursors, on clear and masked columns. */
function randomQuery({ clear, masked }: BrowsedTable, random: () => number): string {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const column = () => encodeURIComponent(pick(random() < 0.5 ? clear : masked) ?? "no_such_column");
  return [
    `f=${column()}:${pick(ops)}:${encodeURIComponent(pick(values) ?? "")}`,
    ...(random() < 0.5 ? [`f=${column()}:${pick(ops)}`] : []),
    `sort=${random() < 0.5 ? "-" : ""}${column()}`,
    ...(random() < 0.3 ? [`size=${pick(["25", "50", "100", "200", "0", "x"])}`] : []),
    ...(random() < 0.3 ? [`cols=${column()},${column()}`] : []),
    ...(random() < 0.2 ? ["before=end"] : []),
    ...(random() < 0.1 ? [`after=${pick(["x", "W10", "WyIiLG51bGwsIjEiXQ"])}`] : []),
  ].join("&");
}

/** The same numbers in every run, so that a failure can be run again (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
