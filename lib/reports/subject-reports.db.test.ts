import { sql } from "drizzle-orm";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { readHead } from "@/lib/audit/check-events";
import { seqRange } from "@/lib/audit/seq-range";
import type { Context } from "@/lib/auth/context";
import { confirmErasure } from "@/lib/erasure/settle-erasure";
import { startErasure } from "@/lib/erasure/start-erasure";
import { checkField } from "@/lib/lookups/check-field";
import { reportFile } from "@/lib/reports/report-file";
import { runReport } from "@/lib/reports/run-report";
import { sectionView } from "@/lib/reports/section-view";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { recordCopy } from "@/lib/reveals/record-copy";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { approved, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const span = { from: "2020-01-01", to: "2029-12-31" };
const why = "The person needs to know who it was for a claim.";
const staff = /Ana|Ben|Max/;

beforeAll(async () => {
  const { grantId } = await approved(story, {
    records: [record(1), record(2)],
    fields: [
      { columnId: story.column("email"), level: "full" },
      { columnId: story.column("phone"), level: "full" },
    ],
  });
  await activateGrant(story.ana, grantId);
  await revealFields(story.ana, { grantId });
  await revealFields(story.ana, { grantId, records: [record(2)] });
  await recordCopy(story.ana, { grantId, record: record(1), columnId: story.column("email") });
  const said = { tableId: story.table.id, columnId: story.column("email"), said: "jane@example.test" };
  await checkField(story.ben, { ...said, record: record(1) });
});

const subject = (change: Record<string, string> = {}) => ({
  kind: "disclosures",
  params: { table: story.table.id, record: "1", ...span, ...change },
});
const employee = (ctx: Context, change: Record<string, string> = {}) => ({
  kind: "exposure",
  params: { person: ctx.actor.personId, ...span, ...change },
});

/** All that the page of a report shows, as one text, and the rows of its tables. */
async function pageOf(wanted: { kind: string; params: Record<string, string> }, ctx = story.ivy) {
  const { sections, filters } = await runReport(ctx, wanted);
  const views = await Promise.all(sections.map(sectionView));
  const rowsOf = (id: string) => {
    const found = views.find((view) => view.kind === "table" && view.id === id);
    return found?.kind === "table" ? found.rows : [];
  };
  return { text: JSON.stringify([filters, views]), rowsOf };
}

async function fileOf(wanted: { kind: string; params: Record<string, string> }, file: string) {
  return new Response((await reportFile(story.ivy, wanted, file)).body).text();
}

/** All that a reader of the PDF reads. */
async function pdfOf(wanted: { kind: string; params: Record<string, string> }) {
  const data = new Uint8Array(
    await new Response((await reportFile(story.ivy, wanted, "report.pdf")).body).arrayBuffer(),
  );
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const words: string[] = [];
  for (let page = 1; page <= pdf.numPages; page += 1)
    for (const item of (await (await pdf.getPage(page)).getTextContent()).items)
      words.push("str" in item ? item.str : "");
  return words.join(" ").replaceAll(/\s+/g, " ");
}

async function lastEvents(count: number) {
  const rows = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events ORDER BY seq DESC LIMIT ${count}`;
  return rows.map(({ entry }) => JSON.parse(entry) as Record<string, unknown>).toReversed();
}

describe("the disclosures of a data subject", () => {
  test("are all that was told of the record and nothing of others, oldest first", async () => {
    const { rowsOf } = await pageOf(subject());
    expect(rowsOf("disclosures").map((row) => [row[1], row[2], row[4], row[5], row[8]])).toEqual([
      ["Employee 1 (agent)", "Values were shown", "1", "email, phone", "Contact a customer"],
      ["Employee 1 (agent)", "A value was copied", "1", "email", "Contact a customer"],
      ["Employee 2 (agent)", "A value was said not to match", "1", "email", "–"],
    ]);
  });

  test("are the same however its number is typed", async () => {
    const { rowsOf } = await pageOf(subject({ record: "001" }));
    expect(rowsOf("disclosures")).toHaveLength(3);
  });

  test("ask the source for what belongs to a record only with the record on record, known or not", async () => {
    await runReport(story.ivy, subject({ record: "3", related: "yes" }));
    const [event] = await lastEvents(1);
    expect(event).toMatchObject({
      code: "report.run",
      resource: { records: [await refOf(story, 3)], recordCount: 1 },
    });
  });

  test(
    "name no employee on the page, in PDF, CSV or NDJSON, without a justification that is on record",
    { timeout: 60_000 },
    async () => {
      const texts = [
        (await pageOf(subject())).text,
        await fileOf(subject(), "disclosures.csv"),
        await fileOf(subject({ form: "accounting", from: "2026-01-01" }), "disclosures.csv"),
        (await fileOf(subject(), "report.ndjson")).split("\n").slice(1).join("\n"),
      ];
      const pdf = await pdfOf(subject());
      expect(pdf).toContain("Employee");
      expect(pdf).not.toMatch(staff);
      for (const text of texts) {
        expect(text).toContain("Employee 1 (agent)");
        expect(text).not.toMatch(staff);
      }
      const [event] = await story.control.owner`
      SELECT FROM audit_events WHERE code = 'report.identities_shown'`;
      expect(event).toBeUndefined();
      await expect(runReport(story.ivy, subject({ justification: "because I want to" }))).rejects.toEqual(
        refused("bad-input"),
      );
      const named = await pageOf(subject({ justification: why }));
      expect(named.rowsOf("disclosures").map((row) => row[1])).toEqual(["Ana", "Ana", "Ben"]);
      const [read, shown] = await lastEvents(2);
      expect(read).toMatchObject({ code: "report.run" });
      expect(shown).toMatchObject({
        ...{ code: "report.identities_shown", reason: why },
        resource: { records: [await refOf(story, 1)] },
      });
      expect(await fileOf(subject({ justification: why }), "disclosures.csv")).toContain("Ben");
      expect(await pdfOf(subject({ justification: why }))).toMatch(staff);
    },
  );

  test("show no name when their justification cannot be put on record", async () => {
    await story.control.owner.unsafe(`
      CREATE FUNCTION no_names() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$;
      CREATE TRIGGER no_names BEFORE INSERT ON audit_events FOR EACH ROW
        WHEN (strpos(NEW.entry, 'identities_shown') > 0) EXECUTE FUNCTION no_names()`);
    await expect(runReport(story.ivy, subject({ justification: why }))).rejects.toMatchObject({
      code: "53100",
    });
    await story.control.owner.unsafe("DROP TRIGGER no_names ON audit_events");
  });

  test("are for auditors, and each run is on record without the key of the record", async () => {
    for (const who of [story.ana, story.max, story.sam, story.ada])
      await expect(runReport(who, subject())).rejects.toEqual(refused("not-permitted"));
    await runReport(story.ivy, subject());
    const [run] = await lastEvents(1);
    expect(run).toMatchObject({ code: "report.run", resource: { records: [await refOf(story, 1)] } });
    expect(JSON.stringify(run)).not.toContain('"record\\"');
  });

  test("of a span, a record nobody saw and a key that cannot be are empty or refused", async () => {
    const empty = async (change: Record<string, string>) =>
      (await pageOf(subject(change))).rowsOf("disclosures");
    expect(await empty({ to: "2020-02-01" })).toEqual([]);
    expect(await empty({ record: "3" })).toEqual([]);
    expect(await empty({ record: record(2) })).toHaveLength(2);
    await expect(runReport(story.ivy, subject({ record: "one" }))).rejects.toEqual(refused("bad-input"));
    const long = subject({ form: "accounting" });
    await expect(runReport(story.ivy, long)).rejects.toMatchObject({
      fields: { to: "An accounting goes back six years at most." },
    });
  });

  test("find nobody by a forged reference in the index: the entry itself has to name the record", async () => {
    const ref = await refOf(story, 1);
    await story.control.owner.unsafe("ALTER TABLE audit_subjects DISABLE TRIGGER USER");
    await story.control
      .owner`INSERT INTO audit_subjects SELECT subject_head(${ref ?? ""}), seq FROM audit_events
      WHERE code = 'reveal.opened' ON CONFLICT DO NOTHING`;
    expect((await pageOf(subject())).rowsOf("disclosures")).toHaveLength(3);
  });
});

describe("the exposure of an employee", () => {
  test("counts each record once, by kind of data, the most sensitive first, and lists each reveal and copy", async () => {
    const { text, rowsOf } = await pageOf(employee(story.ana));
    expect(text).toContain("Raw values of at most 2 records");
    expect(rowsOf("kinds-of-data").map((row) => [row[0], row[3], row[4]])).toEqual(
      expect.arrayContaining([[expect.stringMatching(/mail/i), "2", "2"]]),
    );
    expect(rowsOf("reveals").map((row) => [row[1], row[3], row[4]])).toEqual([
      ["Values were shown", "1 · 2", "2"],
      ["Values were shown", "2", "1"],
      ["A value was copied", "1", "1"],
    ]);
    const other = await pageOf(employee(story.ben));
    expect(other.text).toContain("No raw value was shown to this account");
    expect(other.rowsOf("masked").map((row) => [row[1], row[5]])).toEqual([
      ["A masked value was compared", "does not match"],
    ]);
  });

  test("is for auditors, names whom it was about on record, and is none of who is not there", async () => {
    await expect(runReport(story.ada, employee(story.ana))).rejects.toEqual(refused("not-permitted"));
    await runReport(story.ivy, employee(story.ana));
    const [run] = await lastEvents(1);
    expect(run).toMatchObject({ code: "report.run", subject: { name: "Ana" } });
    const nobody = { kind: "exposure", params: { person: "00000000-0000-4000-8000-000000000009", ...span } };
    await expect(runReport(story.ivy, nobody)).rejects.toEqual(refused("not-found"));
  });

  test("reads the numbers of its span alone, found by halving", async () => {
    const logSize = (await readHead(story.ivy.db))?.size ?? 0;
    const moment = (text: string) => sql`${text}::timestamptz`;
    const range = (from: string, before: string) =>
      seqRange(story.ivy.db, { from: moment(from), before: moment(before) }, logSize);
    expect(await range("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")).toEqual({ first: 0, before: 0 });
    expect(await range("2020-01-01T00:00:00Z", "2031-01-01T00:00:00Z")).toEqual({
      first: 0,
      before: logSize,
    });
    expect(await range("2031-01-01T00:00:00Z", "2032-01-01T00:00:00Z")).toEqual({
      ...{ first: logSize, before: logSize },
    });
  });
});

test("after an erasure the report on the person finds nothing, and the one on the employee counts them still", async () => {
  const { number } = await startErasure(story.sam, {
    ...{ tableId: story.table.id, key: "2", related: false },
    ...{ reference: "DSR-18", reason: "They asked for it in writing." },
  });
  const [row] = await story.control.owner<{ id: string }[]>`SELECT id FROM erasures WHERE number = ${number}`;
  await confirmErasure(story.ivy, { erasureId: row!.id });
  expect((await pageOf(subject({ record: "2" }))).rowsOf("disclosures")).toEqual([]);
  const { text, rowsOf } = await pageOf(employee(story.ana));
  expect(text).toContain("Raw values of at most 2 records");
  expect(rowsOf("reveals").map((line) => line[3])).toEqual(["1 · an erased record", "an erased record", "1"]);
});
