import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import type { Ask } from "./asking";
import { attack, budgetedChannels, channels, type Attacked } from "./attacker";
import { isAboveChance } from "./chance";
import { directly } from "./direct";
import { gameMasks, gameSql, newGame } from "./game";
import { plants } from "./plants";

/** Set by `npm run attack`, which takes its time; in every test run a part of it. */
const requests = Number(process.env["GLIMPSE_ATTACK_REQUESTS"] ?? 2_500);
/** What a round of all channels asks about one target. */
const requestsPerTarget = 28;
const game = newGame(Math.ceil(requests / requestsPerTarget));
/** Enough to tell whoever knows from whoever tosses a coin. */
const fewTargets = { ...game, targets: game.targets.slice(0, 24), answers: game.answers.slice(0, 24) };

const control = useControlDatabase();
let source: TestDatabase;
let ana: Context;
let ask: Ask;

beforeAll(async () => {
  source = await emptySource();
  const owner = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(gameSql(game)).simple();
  await owner`VACUUM ANALYZE members`;
  await owner.end();
  const sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  await addedSource(sam, "Club", source.url);
  const table = await confirmed(sam, { source: "club", schema: "public", table: "members" }, gameMasks);
  ask = directly(ana, await readTable(ana, { tableId: table.id }));
});

afterAll(async () => {
  await closeAllPools();
  await source.drop();
});

beforeEach(async () => {
  await control.owner`DELETE FROM tries`;
});

test(
  `an attacker with ${requests} questions by filter, sort, count, cursor, cast, error, bytes and time learns nothing above chance`,
  async () => {
    const attacks: Attacked[] = [];
    for (const channel of channels) attacks.push(await attack(game, channel, ask));
    expect(attacks.reduce((sum, one) => sum + one.requests, 0)).toBeGreaterThanOrEqual(requests);
    expect(attacks.filter(({ right, of }) => isAboveChance(right, of))).toEqual([]);
  },
  10 * 60_000,
);

test.each(budgetedChannels)(
  "by $name with parts and patterns of values, until its budget is spent, an attacker learns nothing",
  async (channel) => {
    const { targets, answers } = game;
    const tried = Math.min(targets.length, 40);
    const limited = { ...game, targets: targets.slice(0, tried), answers: answers.slice(0, tried) };
    const said: string[] = [];
    const listening: Ask = async (question) => {
      const seen = await ask(question);
      said.push(seen.text);
      return seen;
    };
    const { right, of } = await attack(limited, channel, listening);
    expect(isAboveChance(right, of)).toBe(false);
    const spent = said.filter((text) => text.includes("-spent")).length;
    if (channel.name === "lookup") expect(spent).toBe(tried - 30);
  },
  120_000,
);

test.each(plants)("a leak by $name is found by the attacker", async ({ name, between }) => {
  const channel = [...channels, ...budgetedChannels].find((one) => one.name === name)!;
  const { right, of } = await attack(fewTargets, channel, between(ask, game));
  expect(isAboveChance(right, of), `${right} of ${of}`).toBe(true);
});
