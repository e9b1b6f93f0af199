import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import { readAuditLog } from "@/lib/audit/list-events";
import { recorded } from "@/lib/audit/recorded";
import { checkField } from "@/lib/lookups/check-field";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { approved, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory(undefined, { ownEvents: true });
const refused = (code: string) => expect.objectContaining({ code });

const hold = (...ids: number[]) =>
  recorded(story.ana, async (tx) => {
    const table = { sourceId: story.table.source.id, tableId: story.table.id };
    return { result: await holdSubjects(tx, table, ids.map(record)), event: { code: "audit.read" } };
  });

async function seqsOf(id: number): Promise<number[]> {
  const rows = await story.control.owner<{ seq: number }[]>`
    SELECT seq::int FROM audit_subjects WHERE head = subject_head(${(await refOf(story, id)) ?? ""}) ORDER BY seq`;
  return rows.map(({ seq }) => seq);
}

describe("a record in the log", () => {
  test("is named by a reference under a key of its own, and by its key nowhere", async () => {
    const { grantId } = await approved(story, { records: [record(1), record(2)] });
    await activateGrant(story.ana, grantId);
    await revealFields(story.ana, { grantId });
    const said = {
      tableId: story.table.id,
      record: record(1),
      columnId: story.column("email"),
      said: "jane@example.test",
    };
    await checkField(story.ana, said);
    const rows = await story.control.owner<{ seq: number; entry: string }[]>`
      SELECT seq::int, entry FROM audit_events ORDER BY seq`;
    expect(rows.filter(({ entry }) => entry.includes(record(1)))).toEqual([]);
    const refs = [await refOf(story, 1), await refOf(story, 2)];
    expect(new Set(refs).size).toBe(2);
    const reveal = rows.find(({ entry }) => entry.includes("reveal.opened"))!;
    expect(JSON.parse(reveal.entry)).toMatchObject({ resource: { records: refs, recordCount: 2 } });
    const naming = rows.filter(({ entry }) => entry.includes(refs[0]!)).map(({ seq }) => seq);
    expect(naming.length).toBeGreaterThanOrEqual(5);
    expect(await seqsOf(1), "every event is found by its index").toEqual(naming);
    expect((await seqsOf(2)).length).toBe(naming.length - 2);
  });

  test("is read by people under its own key", async () => {
    const { events } = await readAuditLog(story.ivy, {}, {});
    const reveal = events.find(({ code }) => code === "reveal.opened")!;
    expect(reveal.facts).toContainEqual(["Records", "1 · 2"]);
    const check = events.find(({ code }) => code === "field_check.asked")!;
    expect(check.sentence).toContain("record 1 in public.customers");
  });

  test("gets one key, however many ask at once and in whatever order", async () => {
    const all = await Promise.all(
      Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? hold(71, 72, 73) : hold(73, 72, 71, 72))),
    );
    const [first] = all;
    all.forEach((refs, at) =>
      expect(refs).toEqual(at % 2 === 0 ? first : [first![2], first![1], first![0], first![1]]),
    );
    const [keys] = await story.control.owner<{ count: number }[]>`
      SELECT count(*)::int FROM subject_keys WHERE handle IN (${record(71)}, ${record(72)}, ${record(73)})`;
    expect(keys!.count).toBe(3);
  });

  test("keeps its key while a transaction that names it is under way", async () => {
    const other = postgres(story.control.database.ownerUrl, { max: 1 });
    await recorded(story.ana, async (tx) => {
      const table = { sourceId: story.table.source.id, tableId: story.table.id };
      await holdSubjects(tx, table, [record(71)]);
      await other`SET lock_timeout = '100ms'`;
      await expect(other`DELETE FROM subject_keys WHERE handle = ${record(71)}`).rejects.toMatchObject({
        code: "55P03",
      });
      return { result: undefined, event: { code: "audit.read" } };
    });
    await other`DELETE FROM subject_keys WHERE handle = ${record(71)}`;
    await other.end();
  });
});

describe("an insider with the database", () => {
  test("cannot have the application write a key, change one or hide an event from its index", async () => {
    const app = postgres(story.control.database.url, { max: 1, connection: { role: "glimpse_app" } });
    for (const statement of [
      "UPDATE subject_keys SET handle = 'x'",
      "DELETE FROM subject_keys",
      "INSERT INTO subject_keys (source_id, table_id, handle, key, ref) SELECT source_id, table_id, 'x', key, ref FROM subject_keys",
      "DELETE FROM audit_subjects",
      "UPDATE audit_subjects SET seq = 0",
    ])
      await expect(app.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
    await expect(story.control.owner`DELETE FROM audit_subjects`).rejects.toMatchObject({ code: "42501" });
    await app.end();
  });

  test("cannot exchange the record of a request behind its reference: nobody can decide it", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    await story.control.owner`UPDATE requests SET records = ${[record(3)]} WHERE id = ${id}`;
    const decided = approveRequest(story.max, { requestId: id, version: 1, words: null });
    await expect(decided).rejects.toEqual(refused("request-altered"));
    await story.control.owner`UPDATE requests SET records = ${[record(1)]} WHERE id = ${id}`;
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
  });

  test("cannot exchange the record of a grant, nor with a key that is made for it", async () => {
    const { grantId } = await approved(story);
    await activateGrant(story.ana, grantId);
    const { owner } = story.control;
    await owner`UPDATE grants SET records = ${[record(3)]} WHERE id = ${grantId}`;
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-altered"));
    await owner`UPDATE subject_keys SET handle = ${record(3)} WHERE ref = ${(await refOf(story, 1)) ?? ""}`;
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-altered"));
    await owner`UPDATE subject_keys SET handle = ${record(1)} WHERE handle = ${record(3)}`;
    await owner`UPDATE grants SET records = ${[record(1)]} WHERE id = ${grantId}`;
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
  });

  test("cannot have a record go under a forged reference: what it does is refused", async () => {
    const { owner } = story.control;
    const [kept] = await owner<{ ref: string }[]>`SELECT ref FROM subject_keys WHERE handle = ${record(2)}`;
    await owner`UPDATE subject_keys SET ref = ${`s_${"0".repeat(64)}`} WHERE handle = ${record(2)}`;
    await expect(submitRequest(story.ana, story.draft({ records: [record(2)] }))).rejects.toEqual(
      refused("reference-altered"),
    );
    await owner`UPDATE subject_keys SET ref = ${kept!.ref} WHERE handle = ${record(2)}`;
  });
});
