import { readFileSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startErasure } from "@/lib/erasure/start-erasure";
import { submitRequest } from "@/lib/requests/submit-request";
import { record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
/** SQL as the application, as whoever has injected some would send it. */
let app: postgres.Sql;

beforeAll(async () => {
  const { database, owner } = story.control;
  app = postgres(database.url, { max: 1, onnotice: () => {}, connection: { role: "glimpse_app" } });
  // As where the database is somebody else's, and nobody has taken the right away.
  await owner.unsafe(`GRANT TEMPORARY ON DATABASE ${database.name} TO glimpse_app`);
});

afterAll(() => app.end({ timeout: 5 }));

async function waiting(key: number): Promise<string> {
  await submitRequest(story.ana, story.draft({ records: [record(key)] }));
  const { number } = await startErasure(story.sam, {
    ...{ tableId: story.table.id, key: String(key), related: false },
    ...{ reference: "DSR-18", reason: "They asked for it in writing." },
  });
  const [row] = await app<{ id: string }[]>`SELECT id FROM erasures WHERE number = ${number}`;
  return row!.id;
}

test("no temporary table of the application stands in for one of the log's: nothing is erased by it", async () => {
  const { sam, ivy, table } = story;
  await submitRequest(story.ana, story.draft({ records: [record(1)] }));
  await app.unsafe(`
    CREATE TEMPORARY TABLE erasures AS SELECT * FROM public.erasures WITH NO DATA;
    CREATE TEMPORARY TABLE erasure_records AS SELECT * FROM public.erasure_records WITH NO DATA;
    CREATE TEMPORARY TABLE audit_holds AS SELECT * FROM public.audit_holds WITH NO DATA;
    GRANT ALL ON pg_temp.erasures, pg_temp.erasure_records, pg_temp.audit_holds TO glimpse_owner;`);
  const id = "00000000-0000-4000-8000-000000000001";
  await app`INSERT INTO pg_temp.erasures (id, number, reference, reason, records, state, started_by, started_at)
    VALUES (${id}, 99, 'none', 'none at all, ever', 1, 'waiting', ${sam.actor.personId}, clock_timestamp())`;
  await app`INSERT INTO pg_temp.erasure_records (erasure_id, place, source_id, table_id, handle)
    VALUES (${id}, 0, ${table.source.id}, ${table.id}, ${record(1)})`;
  await expect(app`SELECT erase_subject_keys(${id}, ${ivy.actor.personId})`).rejects.toMatchObject({
    code: "42501",
  });
  await app`UPDATE pg_temp.erasures SET state = 'done'`;
  await expect(app`SELECT erase_subject_records(${id})`).rejects.toMatchObject({ code: "42501" });
  await app.unsafe("DISCARD TEMP");
  expect(await refOf(story, 1)).toBeDefined();
});

test("every function that decides for the owner or by a table has a path in which no temporary table comes first", async () => {
  const rows = await story.control.owner<{ name: string }[]>`
    SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND (prosecdef OR prorettype = 'trigger'::regtype)
      AND prosrc ~* '\\m((from|update|join)\\s+[a-z_]+\\M(?![.(])|insert into\\s+[a-z_]+\\M(?!\\.))' AND prosrc !~* 'from (old|new)\\M'
      AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, public, pg_temp'], false) ORDER BY 1`;
  expect(rows.map(({ name }) => name)).toEqual([]);
});

test("a migrated database lets the application make no temporary tables", async () => {
  const { database, owner } = story.control;
  const last = readFileSync("drizzle/0053_what_is_held_is_not_forgotten.sql", "utf8")
    .split("--> statement-breakpoint")
    .at(-1)!;
  await owner.unsafe(`REVOKE TEMPORARY ON DATABASE ${database.name} FROM glimpse_app`);
  await owner.unsafe(`GRANT TEMPORARY ON DATABASE ${database.name} TO PUBLIC`);
  await owner.unsafe(last);
  await expect(app.unsafe("CREATE TEMPORARY TABLE erasures (id uuid)")).rejects.toMatchObject({
    code: "42501",
  });
});

describe("an erasure by SQL", () => {
  const unrecorded = { code: "23000" };

  test("is not asked for in anybody's name without an event that says so", async () => {
    await expect(
      app`INSERT INTO erasures (reference, reason, records, started_by, started_at)
      VALUES ('DSR-1', 'They asked for it.', 1, ${story.sam.actor.personId}, '2000-01-01')`,
    ).rejects.toMatchObject(unrecorded);
  });

  test("is neither confirmed nor taken back without an event of the person who does", async () => {
    const which = await waiting(2);
    const { ivy } = story;
    await expect(app`SELECT erase_subject_keys(${which}, ${ivy.actor.personId})`).rejects.toMatchObject(
      unrecorded,
    );
    await expect(app`SELECT withdraw_erasure(${which}, ${ivy.actor.personId})`).rejects.toMatchObject(
      unrecorded,
    );
    expect(await refOf(story, 2)).toBeDefined();
  });

  test("sees every hold: an older snapshot neither erases nor prunes", async () => {
    const which = await waiting(3);
    const by = story.ivy.actor.personId;
    for (const deed of [
      `SELECT erase_subject_keys('${which}', '${by}')`,
      "SELECT prune_audit_events(-1, 10)",
    ])
      await expect(
        app.begin("isolation level repeatable read", (tx) => tx.unsafe(deed)),
      ).rejects.toMatchObject({
        code: "25000",
      });
  });
});
