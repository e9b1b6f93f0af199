import type postgres from "postgres";
import { answersOf, pageAsks, type Ask } from "./support/asks";
import { builtRoutes } from "./support/build";
import { answerOf, callAction, castOf, customerFields, draftOf, type Cast } from "./support/cast";
import { form } from "./support/client";
import { browsedTables } from "./support/crawl";
import { expect, test as base } from "./support/test";
import { openWorlds, type Worlds } from "./support/worlds";

const test = base.extend<{ worlds: Worlds }>({
  worlds: async ({ control, deeds }, use) => {
    const worlds = await openWorlds(control, deeds);
    await use(worlds);
    await worlds.close();
  },
});

test.describe.configure({ timeout: 600_000 });

test("two sources that differ only behind masks give byte-equal answers, on pages, errors, payloads, calls and exports", async ({
  control,
  watch,
  worlds,
}) => {
  const cast = await castOf(watch);
  await worlds.lead("here");
  const asks = [...(await pageAsks(cast, await browsedTables(control))), ...(await otherAsks(cast, control))];
  expect(builtRoutes().filter((route) => !asks.some(({ address }) => isAt(route, address)))).toEqual(
    tellsOfItself,
  );
  expect(asks.length).toBeGreaterThan(300);
  const here = await answersOf(asks);
  await worlds.lead("there");
  const there = await answersOf(asks);
  // React cuts a payload into rows where its time is up: what differs is asked again, until both have cut alike.
  const doubtful = differing(asks, here, there);
  const moreThere = await answersInTime(doubtful);
  await worlds.lead("here");
  expect(neverAlike(doubtful, await answersInTime(doubtful), moreThere)).toEqual([]);
});

/** Routes that read nothing in a source: people, connections, the hashes of the log, how far a scan is, and what was looked at a moment ago. */
const tellsOfItself = [
  "/",
  "/_global-error",
  "/_not-found",
  "/api/auth/[...nextauth]",
  "/api/discovery",
  "/api/downloads",
  "/audit",
  "/audit/erasures",
  "/catalog/[source]/connection",
  "/catalog/[source]/connection/sql",
  "/catalog/health",
  "/checkpoint",
  "/icon.svg",
  "/join",
  "/people",
  "/people/[id]",
  "/people/absences",
  "/people/approvers",
  "/people/groups",
  "/people/stops",
  "/policies",
  "/policies/[version]",
  "/policies/simulator",
  "/reports",
  "/reports/[kind]",
  "/reports/[kind]/[file]",
  "/reports/anomalies",
  "/reports/anomalies/[number]",
  "/requests/[number]/receipts",
  "/reviews",
  "/reviews/access",
  "/reviews/campaigns",
  "/reviews/campaigns/[id]",
  "/settings",
  "/settings/absence",
  "/settings/mail",
  "/settings/retention",
  "/sign-in",
  "/tile/[...path]",
  "/welcome",
];

function isAt(route: string, address: string): boolean {
  const path = address.replace(/\?.*/, "");
  return new RegExp(`^${route.replaceAll(/\[\w+\]/g, "[^/]+")}$`).test(path);
}

async function otherAsks({ Ana, Max, Sam, Ivy }: Cast, control: postgres.Sql): Promise<Ask[]> {
  const draft = draftOf(await customerFields(control, ["1", "2"], ["email", "phone", "notes"]));
  const nobody = draftOf(await customerFields(control, ["1", "999999999"], ["email", "phone"]));
  const sent = await callAction(Ana, "requests#submit", draft);
  if (!sent.ok) throw new Error(sent.what);
  const { number } = sent.output as { number: number };
  const open = (client: typeof Ana, addresses: readonly string[]): Ask[] =>
    addresses.map((address) => ({ address, ask: () => client.get(address) }));
  return [
    { address: "call requests#preview", ask: () => answerOf(Ana, "requests#preview", draft) },
    { address: "call requests#preview of nobody", ask: () => answerOf(Ana, "requests#preview", nobody) },
    ...open(Ana, [
      "/browse/marigold/public/customers/x",
      "/browse/marigold/public/customers/WyI5OTk5OTk5Il0",
    ]),
    ...open(Ana, ["/browse", "/search", "/requests", `/requests/${number}`, "/api/live"]),
    ...["7", "1", "DE", "ORD-1", "marigold", "a@b.example"].map((term) => ({
      address: `call search#search ${term}`,
      ask: () => answerOf(Ana, "search#search", null, form(["term", term])),
    })),
    ...open(Max, ["/inbox", `/inbox?request=${number}`, `/requests/${number}`]),
    ...open(Sam, ["/catalog", "/catalog/new", "/catalog/classes", "/catalog/marigold"]),
    ...open(Ivy, [`/audit/export?requestNumber=${number}`]),
  ];
}

/** The asks whose answers differ, by their place. */
function differing(asks: readonly Ask[], here: readonly string[], there: readonly string[]): Ask[] {
  return asks.filter((_, index) => here[index] !== there[index]);
}

/** Each ask's answers of several times. */
async function answersInTime(asks: readonly Ask[]): Promise<ReadonlySet<string>[]> {
  const sets = asks.map(() => new Set<string>());
  for (let time = 0; time < 6; time++) {
    for (const [index, answer] of (await answersOf(asks)).entries()) sets[index]?.add(answer);
  }
  return sets;
}

/** The asks that were never answered alike, each with a place where two of their answers part. */
function neverAlike(
  asks: readonly Ask[],
  here: readonly ReadonlySet<string>[],
  there: readonly ReadonlySet<string>[],
): string[] {
  return asks.flatMap(({ address }, index) => {
    const [ones, others] = [here[index] ?? new Set<string>(), there[index] ?? new Set<string>()];
    if ([...ones].some((answer) => others.has(answer))) return [];
    const [one = "", other = ""] = [[...ones][0], [...others][0]];
    let at = 0;
    while (one[at] === other[at]) at++;
    const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
    return [`${address}: ${around(one)} against ${around(other)}`];
  });
}
