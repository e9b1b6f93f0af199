import postgres from "postgres";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { page, type Ask } from "@/lib/testing/attack/asking";
import { attack, budgetedChannels, channels, type Attacked } from "@/lib/testing/attack/attacker";
import { isAboveChance } from "@/lib/testing/attack/chance";
import { gameMasks, gameSql, newGame, type Game } from "@/lib/testing/attack/game";
import { plants } from "@/lib/testing/attack/plants";
import { emptySource } from "@/lib/testing/database";
import { castOf } from "./support/cast";
import { overHttp } from "./support/over-http";
import { expect, test as base } from "./support/test";

/** Set by `npm run attack`, which takes its time; in every test run a small part of it. */
const requests = Number(process.env["GLIMPSE_ATTACK_REQUESTS"] ?? 0);
const isWhole = requests > 0;
/** The least that tell whoever knows from whoever tosses a coin; a few more where time is asked for, which has noise. */
const fewTargets = isWhole ? 40 : 21;
const requestsPerTarget = 29;
/** Time is asked for long, one question after the other: for the few of every test run it is the machine's. */
const played = channels.filter(({ isAlone }) => isWhole || !isAlone);

type Club = { game: Game; few: Game; ask: Ask; table: CatalogTable };

/** A source of its own, with the table of a game, and an agent who is signed in. */
const test = base.extend<{ club: Club }>({
  club: async ({ watch, deeds, control }, use) => {
    const game = newGame(Math.max(fewTargets, Math.ceil(requests / requestsPerTarget)));
    const source = await emptySource();
    const owner = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
    await owner.unsafe(gameSql(game)).simple();
    await owner`VACUUM ANALYZE members`;
    await owner.end();
    const sam = await deeds.contextOf("Sam");
    await addedSource(sam, "Club", source.url);
    const { id } = await confirmed(sam, { source: "club", schema: "public", table: "members" }, gameMasks);
    const table = await readTable(sam, { tableId: id }, "catalog");
    const { Ana } = await castOf(watch);
    await control`DELETE FROM tries`;
    const few = {
      ...game,
      targets: game.targets.slice(0, fewTargets),
      answers: game.answers.slice(0, fewTargets),
    };
    await use({ game, few, ask: overHttp(Ana, table), table });
    await deeds.removeSource("club");
    await source.drop();
  },
});

test.describe.configure({ timeout: isWhole ? 30 * 60_000 : 120_000 });

test("what an agent may learn over HTTP arrives at the attacker", async ({ club: { game, ask } }) => {
  const { team, ids } = game.targets[0]!;
  const [id] = ids;
  const { email } = game.hidden.get(id)!;
  expect(await ask(page(["f", `team:is:${team}`]))).toMatchObject({ ids, total: 2 });
  expect((await ask({ kind: "record", id })).ids).toEqual([id]);
  expect((await ask({ kind: "search", term: id })).ids).toEqual([id]);
  expect((await ask({ kind: "lookup", column: "email", term: email })).ids).toEqual([id]);
  expect((await ask({ kind: "check", id, column: "email", said: email })).ids).toEqual([id]);
});

test("an agent who attacks over HTTP by filter, sort, count, cursor, cast, error, search, bytes, lookup and check learns nothing above chance", async ({
  club: { game, few, ask },
}) => {
  const attacks: Attacked[] = [];
  for (const channel of played) attacks.push(await attack(game, channel, ask));
  for (const channel of budgetedChannels) attacks.push(await attack(few, channel, ask));
  expect(attacks.reduce((sum, one) => sum + one.requests, 0)).toBeGreaterThan(Math.max(requests, 350));
  expect(attacks.filter(({ right, of }) => isAboveChance(right, of))).toEqual([]);
});

test("an attacker over HTTP finds leaks that are planted between, and a column that was confirmed as clear by mistake", async ({
  club: { game, few, ask, table },
  deeds,
}) => {
  const quick = new Set(["filter", "sort", "search", "bytes of the answer"]);
  for (const { name, between } of plants.filter((one) => isWhole || quick.has(one.name))) {
    const channel = [...channels, ...budgetedChannels].find((one) => one.name === name)!;
    const { right, of } = await attack(few, channel, between(ask, game));
    expect(isAboveChance(right, of), `${name}: ${right} of ${of}`).toBe(true);
  }
  const which = { source: table.source.slug, schema: table.schema, table: table.name };
  await confirmed(await deeds.contextOf("Sam"), which, { salary: ["none", { method: "clear" }] });
  const bisection = channels.find(({ name }) => name === "binary search by filter")!;
  const { right, of } = await attack(few, bisection, ask);
  expect(right).toBe(of);
});
