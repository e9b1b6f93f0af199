import { inspect } from "node:util";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import { DatabaseFailure, withoutWords } from "@/lib/db/database-failure";
import { people } from "@/lib/db/schema/people";
import { useControlDatabase } from "@/lib/testing/control";

const canary = "canary-5f1c9b7e";
useControlDatabase();

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

/** What somebody who reads our logs would see of it. */
function seenOf(error: unknown) {
  const text = inspect(error, { depth: 9, showHidden: true });
  const code = error instanceof DatabaseFailure ? error.code : "not a DatabaseFailure";
  return { code, quotesTheValue: text.includes(canary) };
}

test("a read that fails says its SQLSTATE and none of its parameters", async () => {
  const work = readDatabase().select({ id: people.id }).from(people).where(eq(people.id, canary));
  expect(seenOf(await failureOf(Promise.resolve(work)))).toEqual({ code: "22P02", quotesTheValue: false });
});

test("a write that breaks a constraint names the constraint, not the value", async () => {
  const write = () =>
    recorded(systemContext(), async (tx) => {
      await tx.insert(people).values({ email: `${canary}@example.test`, name: canary });
      return { result: undefined, event: { code: "person.invited" } };
    });
  await write();
  const error = await failureOf(write());
  expect(seenOf(error)).toEqual({ code: "23505", quotesTheValue: false });
  expect(error).toMatchObject({ constraint: "people_email_key" });
});

test("raw SQL in a transaction fails without words too", async () => {
  const work = recorded(systemContext(), async (tx) => {
    await tx.execute(sql`SELECT ${canary}::int`);
    return { result: undefined, event: { code: "person.invited" } };
  });
  expect(seenOf(await failureOf(work))).toEqual({ code: "22P02", quotesTheValue: false });
});

test("a query that fails while its rows come leaves no holes in the answer of the next one on its connection", async () => {
  const ask = (divisor: string) =>
    readDatabase()
      .select({ n: sql<number>`n` })
      .from(
        sql.raw(
          `(SELECT n, repeat('x', 900) AS x, 1 / (${divisor}) AS y FROM generate_series(1, 2000) AS n) AS t`,
        ),
      )
      .where(sql`y IS NOT NULL OR x IS NULL`);
  await Promise.all(Array.from({ length: 10 }, () => failureOf(Promise.resolve(ask("1500 - n")))));
  for (const rows of await Promise.all(Array.from({ length: 10 }, () => ask("n")))) {
    expect(rows).toHaveLength(2_000);
    expect(rows[0]).toEqual({ n: 1 });
  }
});

test("what is not the database's failure passes as it is", () => {
  const error = new TypeError("mine");
  expect(withoutWords(error)).toBe(error);
});
