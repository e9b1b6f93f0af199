import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { searchRecords } from "@/lib/browse/search-records";
import { seedDemoCatalogue } from "@/lib/catalog/seed-demo-catalogue";
import { listTables } from "@/lib/catalog/list-tables";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { quoteIdentifier, quoteQualified } from "@/lib/masking/sql";
import { seedDemoPeople } from "@/lib/people/seed-demo-people";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { demoSource, emptySource, type TestDatabase } from "@/lib/testing/database";
import { abreast } from "@/lib/testing/lanes";
import { leadSource } from "@/lib/testing/lead-source";
import { randomQuery, seeded, type QueriedTable } from "@/lib/testing/random-query";
import { smallWorlds, type Side } from "@/lib/testing/small-worlds";
import type { Ask, Question, Seen } from "./asking";
import { directly, readPageOf } from "./direct";
import { gameMasks, gameSql, newGame, turned, type Game } from "./game";
import { plants } from "./plants";

const control = useControlDatabase();
const drops: (() => Promise<void>)[] = [];
let ana: Context;
let sam: Context;

beforeAll(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
});

afterAll(async () => {
  await closeAllPools();
  for (const drop of drops) await drop();
});

/** The questions of which the answers differ, by their places. */
const differing = (here: readonly string[], there: readonly string[]) =>
  here.flatMap((answer, at) => (answer === there[at] ? [] : [at]));

function columnsOf({ columns }: CatalogTable): QueriedTable {
  const isClear = (column: CatalogTable["columns"][number]) => column.shown.mask.method === "clear";
  return {
    clear: columns.filter(isClear).map(({ name }) => name),
    masked: columns.filter((column) => !isClear(column)).map(({ name }) => name),
  };
}

describe("two demo sources that differ only behind masks", () => {
  let tables: CatalogTable[];
  let worlds: Record<Side, TestDatabase>;

  beforeAll(async () => {
    await seedDemoPeople("a password of the demo");
    const scanned = await demoSource();
    await seedDemoCatalogue(scanned.url);
    const [source] = await listTables(ana);
    tables = await Promise.all(source!.tables.map(({ id }) => readTable(ana, { tableId: id })));
    worlds = await smallWorlds(tables);
    drops.push(scanned.drop, worlds.here.drop, worlds.there.drop);
  }, 240_000);

  test(
    "answer 5,000 generated questions byte by byte the same",
    async () => {
      const random = seeded(20_261_124);
      const questions = Array.from({ length: 5_000 }, (_, at) => {
        const table = tables[at % tables.length]!;
        return { table, query: randomQuery(columnsOf(table), random) };
      });
      const answers = async (side: Side) => {
        await leadSource(control.owner, env().rootKey, worlds[side].url);
        return abreast(questions, async ({ table, query }) => (await readPageOf(ana, table, query)).text);
      };
      const here = await answers("here");
      const there = await answers("there");
      expect(new Set(here).size).toBeGreaterThan(2_000);
      const found = differing(here, there).map(
        (at) => `${questions[at]!.table.name}?${questions[at]!.query}: ${here[at]} against ${there[at]}`,
      );
      expect(found.slice(0, 3)).toEqual([]);
    },
    10 * 60_000,
  );

  test("answer searches for what either of them holds alike, hidden or clear", async () => {
    const terms = [...(await valuesIn(worlds.here, tables)), ...(await valuesIn(worlds.there, tables))];
    const answers = async (side: Side) => {
      await leadSource(control.owner, env().rootKey, worlds[side].url);
      return abreast(terms, async (term) => JSON.stringify(await searchRecords(ana, { term })));
    };
    const here = await answers("here");
    const there = await answers("there");
    expect(here.filter((answer) => answer.includes('"records":[{')).length).toBeGreaterThan(10);
    expect(differing(here, there).map((at) => `${terms[at]}: ${here[at]} against ${there[at]}`)).toEqual([]);
  }, 120_000);
});

/** A value of every column that is text, a whole number or a UUID, whatever its mask. */
async function valuesIn(world: TestDatabase, tables: readonly CatalogTable[]): Promise<string[]> {
  const owner = postgres(world.ownerUrl, { max: 1, onnotice: () => {} });
  const columns = tables.flatMap(({ schema, name, kind, columns: own }) =>
    kind === "table" || kind === "partitioned"
      ? own
          .filter(({ type }) => ["text", "number", "uuid"].includes(type.category))
          .map((column) => ({ schema, name, column: column.name }))
      : [],
  );
  const values: string[] = [];
  for (const { schema, name, column } of columns) {
    const own = quoteIdentifier(column);
    const [row] = await owner.unsafe<{ value: string }[]>(`
      SELECT left(${own}::text, 200) AS value FROM ${quoteQualified(schema, name)} WHERE ${own} IS NOT NULL LIMIT 1`);
    if (row?.value.trim()) values.push(row.value);
  }
  await owner.end();
  return [...new Set(values)];
}

describe("a leak that is planted between two such sources and whoever compares them", () => {
  const random = seeded(7);
  const here = newGame(12);
  const games: Record<Side, Game> = { here, there: turned(here) };
  const questions: Question[] = [];
  const seen = new Map<Game, Seen[]>();

  beforeAll(async () => {
    const source = await emptySource();
    drops.push(source.drop);
    const owner = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
    await owner.unsafe(gameSql(games.here)).simple();
    await owner`VACUUM ANALYZE members`;
    await addedSource(sam, "Club", source.url);
    const { id } = await confirmed(sam, { source: "club", schema: "public", table: "members" }, gameMasks);
    const table = await readTable(ana, { tableId: id });
    const ask = directly(ana, table);
    questions.push(...generatedQuestions(columnsOf(table), random));
    seen.set(games.here, await abreast(questions, ask));
    await owner.unsafe(`DROP TABLE members; ${gameSql(games.there)}`).simple();
    await owner`VACUUM ANALYZE members`;
    await owner.end();
    await control.owner`DELETE FROM tries`;
    seen.set(games.there, await abreast(questions, ask));
  }, 120_000);

  beforeEach(async () => {
    await control.owner`DELETE FROM tries`;
  });

  /** What is seen of a game, of which the answers came before. */
  const replayed = (game: Game): Ask => {
    const answers = new Map(questions.map((question, at) => [question, seen.get(game)![at]!]));
    return (question) => Promise.resolve(answers.get(question)!);
  };
  const told = async (game: Game, ask: Ask) => {
    const all = await Promise.all(questions.map(ask));
    return all.map(({ text, ids, total }) => JSON.stringify([text, ids, total]));
  };

  test("is not there before it is planted", async () => {
    const [one, other] = [games.here, games.there];
    expect(differing(await told(one, replayed(one)), await told(other, replayed(other)))).toEqual([]);
  });

  // What takes longer says the same: that leak is the attacker's to find.
  test.each(plants.filter(({ name }) => name !== "timing"))("by $name is found", async ({ between }) => {
    const [one, other] = [games.here, games.there];
    const found = differing(
      await told(one, between(replayed(one), one)),
      await told(other, between(replayed(other), other)),
    );
    expect(found.length).toBeGreaterThan(0);
  });
});

/** Pages for the most part, and some records, searches, lookups and checks: those are few for everybody. */
function generatedQuestions(table: QueriedTable, random: () => number): Question[] {
  const pages = Array.from({ length: 600 }, (): Question => ({
    kind: "page",
    query: randomQuery(table, random),
  }));
  const ids = Array.from({ length: 20 }, () => String(2_031 + Math.floor(random() * 24)));
  const teams = Array.from({ length: 20 }, () => Math.floor(random() * 12));
  return [
    ...pages,
    ...ids.map((id): Question => ({ kind: "record", id })),
    ...["mz", "ma", "1980-11-03", "ill with cancer", ...teams.map(String)].map((term): Question => ({
      kind: "search",
      term,
    })),
    ...teams.map((team): Question => ({ kind: "lookup", column: "email", term: `mz%@t${team}.example` })),
    ...ids.map((id): Question => ({ kind: "check", id, column: "email", said: "mz%@t1.example" })),
  ];
}
