import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { readRequest } from "@/lib/requests/read-request";
import { readRequestSample } from "@/lib/requests/read-request-sample";
import { previewCohort, submitCohort } from "@/lib/requests/request-cohort";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const draft = (cohort: string) => {
  const { records: _, ...rest } = story.draft();
  return { ...rest, cohort };
};
const send = (cohort: string) => submitCohort(story.ana, draft(cohort));

beforeAll(async () => {
  await story.sourceOwner`
    INSERT INTO customers (id, country, email)
    SELECT n, CASE WHEN n <= 1250 THEN 'IT' ELSE 'ES' END, 'c' || n || '@example.test' FROM generate_series(1001, 1751) AS n`;
});

describe("a request for all that match", () => {
  test("is for the records that match when it is sent, and says by what and how many", async () => {
    const sent = await send("?f=country:is:FR&sort=-id&cols=id&size=25");
    const { view } = await readRequest(story.ana, sent.number);
    expect(view.records).toEqual([record(2), record(3)]);
    expect(view.brief).toMatchObject({ recordCount: 2, cohort: "country is FR" });
    expect((await readInboxRequest(story.max, sent.number)).brief.cohort).toBe("country is FR");
    const [event] = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE request_id = ${sent.id}`;
    expect(JSON.parse(event!.entry)).toMatchObject({
      resource: { recordCount: 2 },
      details: { allThatMatched: ["country"] },
    });
  });

  test("is frozen: what matches later is none of it, and what no longer matches still is", async () => {
    const sent = await send("?f=country:is:FR");
    await story.sourceOwner`INSERT INTO customers (id, country, email) VALUES (4, 'FR', 'late@example.test')`;
    await story.sourceOwner`UPDATE customers SET country = 'BE' WHERE id = 3`;
    await approveRequest(story.max, { requestId: sent.id, version: 1, words: null });
    const [grant] = await story.control.owner<{ id: string; records: string[] }[]>`
      SELECT id, records FROM grants WHERE request_id = ${sent.id}`;
    expect(grant!.records).toEqual([record(2), record(3)]);
    await activateGrant(story.ana, grant!.id);
    await expect(revealFields(story.ana, { grantId: grant!.id, records: [record(4)] })).rejects.toEqual(
      refused("outside-grant"),
    );
    await story.sourceOwner`DELETE FROM customers WHERE id = 4`;
    await story.sourceOwner`UPDATE customers SET country = 'FR' WHERE id = 3`;
  });

  test("is refused above 500 records, and for none", async () => {
    await expect(send("?f=country:is:ES")).rejects.toEqual(refused("cohort-too-large"));
    await story.sourceOwner`DELETE FROM customers WHERE id = 1751`;
    const sent = await send("?f=country:is:ES");
    expect((await readRequest(story.ana, sent.number)).view.records).toHaveLength(500);
    await expect(send("?f=country:is:XX")).rejects.toEqual(refused("cohort-empty"));
  });

  test("is refused when a filter is left out of it: without, it would be for more than was meant", async () => {
    for (const cohort of [
      "?",
      "?sort=id",
      "?f=country:is:FR&f=email:is:luc%40example.test",
      "?f=country:is:FR&f=gone:is:1",
      "?f=id:gt:x",
    ])
      await expect(send(cohort), cohort).rejects.toEqual(refused("cohort-unsound"));
  });

  test("shows before it is sent how many there are, the first of them masked, and a risk that counts them", async () => {
    const preview = await previewCohort(story.ana, draft("?f=country:is:IT"));
    expect(preview.brief).toMatchObject({ recordCount: 250, cohort: "country is IT" });
    expect(preview.sample).toMatchObject({ ok: true, more: 245 });
    expect(JSON.stringify(preview.sample)).not.toContain("c1001@");
    expect(preview.brief.risk.bars).toContainEqual({ reason: "records", words: "250 records", points: 45 });
  });

  test("is read and revealed a hundred records at a time", async () => {
    const sent = await send("?f=country:is:IT");
    await approveRequest(story.max, { requestId: sent.id, version: 1, words: null });
    const [grant] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM grants WHERE request_id = ${sent.id}`;
    await activateGrant(story.ana, grant!.id);
    const opened: (string | null)[] = [];
    for (const page of [1, 2, 3]) {
      const sample = await readRequestSample(story.ana, sent.number, page);
      if (!sample?.ok) throw new Error("There is no sample.");
      const records = sample.records.map(({ handle }) => handle);
      const { values } = await revealFields(story.ana, { grantId: grant!.id, records });
      opened.push(...values.map(({ value }) => value));
    }
    expect(new Set(opened).size).toBe(250);
    expect(opened).toContain("c1250@example.test");
  });

  test("cannot be altered behind its hash: its filter is a part of what was asked", async () => {
    const sent = await send("?f=country:is:FR");
    const { owner } = story.control;
    const alter = () => owner`UPDATE requests SET cohort = '?f=country:is:DE' WHERE id = ${sent.id}`;
    await expect(alter()).rejects.toMatchObject({ code: "23000" });
    await owner`ALTER TABLE requests DISABLE TRIGGER cohort_stays_or_goes`;
    await alter();
    await owner`ALTER TABLE requests ENABLE TRIGGER cohort_stays_or_goes`;
    await expect(approveRequest(story.max, { requestId: sent.id, version: 1, words: null })).rejects.toEqual(
      refused("request-altered"),
    );
  });

  test("is closed when a column that it is filtered by is masked, and what it was filtered by is forgotten", async () => {
    const decided = await send("?f=country:is:FR");
    await approveRequest(story.max, { requestId: decided.id, version: 1, words: null });
    const waiting = await send("?f=country:is:FR&f=id:lt:9");
    const other = await send("?f=id:lt:3");
    const { id, version } = story.table.columns.find(({ name }) => name === "country")!;
    await reopenColumns(story.sam, {
      sourceId: story.table.source.id,
      which: { columns: [{ id, version }] },
    });
    const stored = await story.control.owner<{ cohort: string; state: string; why: string }[]>`
      SELECT cohort, cohort_salt, state, closed_why AS why FROM requests
      WHERE id IN (${decided.id}, ${waiting.id}, ${other.id}) ORDER BY number`;
    expect(stored).toMatchObject([
      { cohort: null, cohort_salt: null, state: "approved", why: null },
      { cohort: null, cohort_salt: null, state: "expired", why: "column-changed" },
      { cohort: "?f=id:lt:3", state: "pending", why: null },
    ]);
    for (const { number } of [decided, waiting]) {
      const { brief } = (await readRequest(story.ana, number)).view;
      expect(brief.cohort).toMatch(/^filters that were removed/);
      expect(JSON.stringify(brief)).not.toContain("FR");
    }
    const late = approveRequest(story.max, { requestId: waiting.id, version: 2, words: null });
    await expect(late).rejects.toEqual(refused("request-closed"));
    await approveRequest(story.max, { requestId: other.id, version: 1, words: null });
    const [event] = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE entry LIKE '%catalog.values_forgotten%'`;
    expect(JSON.parse(event!.entry)).toMatchObject({ details: { views: 0 } });
  });
});
