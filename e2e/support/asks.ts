import type { Answer, Client } from "./client";
import type { Cast } from "./cast";
import { addressesFrom, type BrowsedTable } from "./crawl";
import { abreast } from "@/lib/testing/lanes";
import { randomQuery, seeded } from "@/lib/testing/random-query";
import { settled } from "./settled";

/** A question to Glimpse that can be put again, named by its address; a call by the name of its action. */
export type Ask = { address: string; ask: () => Promise<Answer> };

/**
 * All that agents and stewards come to from these tables, and wishes that no page links to; a partition is read as its
 * table is.
 */
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
      get(agent, `${page}/request?${one}`),
      ...(exported.has(table.path)
        ? [get(agent, `${page}/export?format=csv&${one}`), get(agent, `${page}/export?format=ndjson`)]
        : []),
      ...[
        ...(await addressesFrom(agent, { ...table, masked: table.masked.slice(0, 1) })),
        `${page}?${one}`,
      ].map((address) => get(agent, address)),
      payload(agent, `${page}?${other}`),
      get(steward, `/catalog/${table.path}`),
      get(steward, `/catalog/${table.path.split("/")[0] ?? ""}/preset?by=gdpr`),
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
