import { beforeEach, describe, expect, test } from "vitest";
import { readTable } from "@/lib/catalog/read-table";
import { checkField } from "@/lib/lookups/check-field";
import { checkableFields, lookupChoice, lookupColumns } from "@/lib/lookups/lookup-columns";
import { lookUp } from "@/lib/lookups/look-up";
import { jane, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });

beforeEach(async () => {
  await story.control.owner`DELETE FROM tries`;
});

const find = (column: string, term: string, who = story.ana) =>
  lookUp(who, { tableId: story.table.id, columnId: story.column(column), term });
const check = (column: string, said: string, id = 1, who = story.ana) =>
  checkField(who, { tableId: story.table.id, record: record(id), columnId: story.column(column), said });

async function lastEvents(count: number) {
  const rows = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events ORDER BY seq DESC LIMIT ${count}`;
  return rows.map(({ entry }) => JSON.parse(entry) as Record<string, unknown>).toReversed();
}

describe("a lookup by a masked value", () => {
  test.each([
    ["email", "  Jane.Unmistakable@EXAMPLE.test "],
    ["phone", "+49 (151) 555-0199"],
    ["phone", "0049 151 5550199"],
    ["pan", "4111 1111 1111 1111"],
  ])("finds the record by its %s, however it is written", async (column, term) => {
    expect(await find(column, term)).toEqual({
      found: "one",
      href: `/browse/marigold/public/customers/${record(1)}`,
    });
  });

  test("tells nothing of what is like it", async () => {
    expect(await find("email", "jane.unmistakabl@example.test")).toEqual({ found: "none", href: null });
    expect(await find("email", "%@example.test")).toEqual({ found: "none", href: null });
    expect(await find("pan", "411111111111111_")).toEqual({ found: "none", href: null });
  });

  test("tells many apart from one, and not which they are", async () => {
    await story.sourceOwner`INSERT INTO customers (id, email) VALUES (91, 'two@example.test'), (92, 'TWO@example.test')`;
    expect(await find("email", "two@example.test")).toEqual({ found: "many", href: null });
    await story.sourceOwner`DELETE FROM customers WHERE id > 90`;
  });

  test("takes as long for none as for one", async () => {
    const took = async (term: string) => {
      const started = performance.now();
      await find("email", term);
      return performance.now() - started;
    };
    for (const term of [jane.email, "nobody@example.test"])
      expect(await took(term)).toBeGreaterThanOrEqual(399);
  });

  test("is on record before and after, without the value and with a keyed hash of it", async () => {
    await find("email", jane.email);
    const [asked, answered] = await lastEvents(2);
    expect(asked).toMatchObject({
      code: "lookup.asked",
      resource: { table: "public.customers", fields: ["email"] },
    });
    expect(answered).toMatchObject({
      code: "lookup.answered",
      details: { found: "one" },
      resource: { records: [await refOf(story, 1)] },
    });
    expect(JSON.stringify([asked, answered])).not.toContain("unmistakable");
    await find("email", jane.email.toUpperCase());
    const [again] = await lastEvents(2);
    expect(again).toMatchObject({ details: (asked as { details: object }).details });
  });

  test("an audit log that cannot be written prevents it", async () => {
    await story.control.owner.unsafe(`
      CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON audit_events EXECUTE FUNCTION full_disk()`);
    await expect(find("email", jane.email)).rejects.toMatchObject({ code: "53100" });
    await story.control.owner`DROP TRIGGER full_disk ON audit_events`;
  });

  test("is not possible by what is clear, unconfirmed, never opened or easily guessed, nor without the role", async () => {
    for (const column of ["country", "note", "cvv"])
      await expect(find(column, "1234567890")).rejects.toEqual(refused("not-searchable"));
    await expect(find("email", jane.email, story.sam)).rejects.toEqual(refused("not-permitted"));
    await expect(find("email", "a@b")).rejects.toEqual(refused("bad-input"));
  });

  test("is spent after thirty in an hour, those sent at once included, and others still have theirs", async () => {
    await story.control.owner`DELETE FROM tries`;
    const all = await Promise.allSettled(
      Array.from({ length: 34 }, (_, at) => find("email", `guess${at}@example.test`)),
    );
    const failed = all.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(failed.map(({ reason }) => reason)).toEqual(Array(4).fill(refused("lookups-spent")));
    expect((await find("email", jane.email, story.ben)).found).toBe("one");
  });

  test("is served by the index that its page proposes", async () => {
    const table = await readTable(story.ana, { tableId: story.table.id });
    const used = lookupColumns(table).find(({ column }) => column.name === "email")!;
    await story.sourceOwner.unsafe(
      lookupChoice(table, used).indexSql.replace("CONCURRENTLY", "asked_by_email"),
    );
    await story.sourceOwner`SET enable_seqscan = off`;
    const [normal] = /\(\((.*)\)\)/.exec(lookupChoice(table, used).indexSql)!.slice(1);
    const plan = await story.sourceOwner.unsafe(
      `EXPLAIN SELECT id FROM customers AS "glimpse row" WHERE ${normal} = lower(btrim('a@b.cd'::text))`,
    );
    expect(JSON.stringify(plan)).toContain("asked_by_email");
  });
});

describe("a check of what somebody said", () => {
  test("says match or no match, and how many tries are left", async () => {
    expect(await check("email", "JANE.unmistakable@example.test")).toEqual({ matches: true, triesLeft: 2 });
    expect(await check("email", "jane@example.test")).toEqual({ matches: false, triesLeft: 1 });
  });

  test("is locked after three tries of a person, and nine of all", async () => {
    for (let at = 0; at < 3; at++) await check("phone", `+49 151 000000${at}`);
    await expect(check("phone", jane.phone)).rejects.toEqual(refused("checks-spent"));
    expect((await check("phone", jane.phone, 1, story.ben)).matches).toBe(true);
    await story.control.owner`UPDATE tries SET used = 9 WHERE used = 4`;
    await expect(check("phone", jane.phone, 1, story.ben)).rejects.toEqual(refused("checks-spent"));
  });

  test("an empty field matches nothing, and a record that is gone is told as gone", async () => {
    expect((await check("phone", "+49 151 5550199", 2)).matches).toBe(false);
    await expect(check("email", jane.email, 77)).rejects.toEqual(refused("record-gone"));
  });

  test("is not possible for what is clear, unconfirmed or never opened", async () => {
    for (const column of ["country", "note", "cvv"])
      await expect(check(column, "1234567890")).rejects.toEqual(refused("not-checkable"));
    expect(checkableFields(story.table).map(({ name }) => name)).toEqual(["email", "phone", "pan"]);
  });

  test("is on record before and after, and the value is not", async () => {
    await check("pan", "4111-1111-1111-1111");
    const [asked, answered] = await lastEvents(2);
    expect(asked).toMatchObject({
      code: "field_check.asked",
      resource: { records: [await refOf(story, 1)], fields: ["pan"] },
    });
    expect(answered).toMatchObject({ code: "field_check.answered", details: { matches: true } });
    expect(JSON.stringify([asked, answered])).not.toMatch(/4111/);
  });
});
