import { beforeAll, describe, expect, test } from "vitest";
import { denyRequest } from "@/lib/approvals/deny-request";
import { record } from "@/lib/audit/recorded";
import { refusedAbout } from "@/lib/audit/refused-about";
import type { Context } from "@/lib/auth/context";
import { reportFile } from "@/lib/reports/report-file";
import { runReport, type Wanted } from "@/lib/reports/run-report";
import { sheetsOf } from "@/lib/reports/sheet";
import type { Row } from "@/lib/reports/view";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory(undefined, { ownEvents: true });
const refused = (code: string) => expect.objectContaining({ code });
const span = { from: "2020-01-01", to: "2029-12-31" };
const wanted = (kind: string, params: Record<string, string> = span): Wanted => ({ kind, params });
const kinds = ["approvals", "pci", "processing"];

/** The rows of one sheet of a report, whole. */
async function rowsOf(who: Context, kind: string, sheet: string, params = span): Promise<Row[]> {
  const { sections } = await runReport(who, wanted(kind, params));
  const rows: Row[] = [];
  for await (const batch of sheetsOf(sections)
    .find(({ id }) => id === sheet)!
    .rows())
    rows.push(...batch);
  return rows;
}

const eventsOf = (code: string) =>
  story.control.owner<{ entry: { actor: { name: string }; details: Record<string, string> } }[]>`
    SELECT entry::jsonb AS entry FROM audit_events WHERE code = ${code} ORDER BY seq`;

async function textOf(who: Context, kind: string, file: string, params = span): Promise<string> {
  const { body } = await reportFile(who, wanted(kind, params), file);
  return new Response(body).text();
}

const pan = () => [{ columnId: story.column("pan"), level: "full" as const }];

beforeAll(async () => {
  await approved(story);
  await approved(story, {
    fields: pan(),
    records: story.draft().records,
    reason: '=HYPERLINK("x"), a formula',
  });
  const { id } = await submitRequest(story.ben, story.draft());
  await denyRequest(story.max, { requestId: id, version: 1, words: "Not needed." });
  await submitRequest(story.ben, story.draft());
});

describe("who may", () => {
  test.each(kinds)("%s is for auditors alone, as a page and as each file", async (kind) => {
    for (const who of [story.ana, story.max, story.sam, story.pia, story.ada]) {
      await expect(runReport(who, wanted(kind)), who.actor.name).rejects.toEqual(refused("not-permitted"));
      for (const file of ["report.pdf", "report.ndjson", "approvers.csv"])
        await expect(reportFile(who, wanted(kind), file)).rejects.toEqual(refused("not-permitted"));
    }
    await runReport(story.ivy, wanted(kind));
  });

  test("whoever lost the role since they signed in is refused by the database, before any row", async () => {
    const { owner } = story.control;
    await owner`DELETE FROM person_roles WHERE person_id = ${story.ivy.actor.personId}`;
    await expect(runReport(story.ivy, wanted("approvals"))).rejects.toEqual(refused("not-permitted"));
    await expect(reportFile(story.ivy, wanted("pci"), "report.pdf")).rejects.toEqual(
      refused("not-permitted"),
    );
    await owner`INSERT INTO person_roles (person_id, role) VALUES (${story.ivy.actor.personId}, 'auditor')`;
  });
});

describe("what is on record", () => {
  test("each run, with its kind and what it was narrowed to, and nothing of one that was not made", async () => {
    const before = (await eventsOf("report.run")).length;
    await runReport(story.ivy, wanted("approvals"));
    for (const bad of [
      { from: "2026-02-30", to: "2026-03-01" },
      { ...span, more: "1" },
      { from: "2026-02-01", to: "2026-01-01" },
    ])
      await expect(runReport(story.ivy, wanted("approvals", bad))).rejects.toEqual(refused("bad-input"));
    await expect(runReport(story.ivy, wanted("nothing"))).rejects.toEqual(refused("not-found"));
    const events = await eventsOf("report.run");
    expect(events.length - before).toBe(1);
    expect(events.at(-1)!.entry).toMatchObject({
      actor: { name: "Ivy" },
      details: { report: "approvals", filters: JSON.stringify(span) },
    });
  });

  test("each download, with its form, before its first byte is read", async () => {
    await reportFile(story.ivy, wanted("approvals"), "approvers.csv");
    expect((await eventsOf("report.downloaded")).at(-1)!.entry.details).toMatchObject({
      format: "csv",
      part: "approvers",
    });
    await reportFile(story.ivy, wanted("pci"), "report.pdf");
    expect((await eventsOf("report.downloaded")).at(-1)!.entry.details).toMatchObject({ format: "pdf" });
  });
});

describe("the end of a download", () => {
  test.each(["approvers.csv", "report.ndjson", "report.pdf"])(
    "of %s is on record with the rows and bytes that have left",
    async (file) => {
      const { body } = await reportFile(story.ivy, wanted("approvals"), file);
      const bytes = (await new Response(body).arrayBuffer()).byteLength;
      const { details } = (await eventsOf("report.download_ended")).at(-1)!.entry;
      expect(details).toMatchObject({ report: "approvals", bytes, end: "whole" });
      expect(Number(details["rows"])).toBeGreaterThan(0);
    },
  );
});

describe("how approvals work", () => {
  test("counts each request once, by what became of it, and no more than there are", async () => {
    const rows = await rowsOf(story.ivy, "approvals", "what-became-of-them");
    expect(Object.fromEntries(rows.map(([name, value]) => [name, value]))).toEqual({
      "Approved by people as asked": 2,
      "Denied by people": 1,
      "Still waiting": 1,
    });
    const [requests] = await rowsOf(story.ivy, "approvals", "at-a-glance");
    expect(requests![1]).toBe(4);
    const yesterday = { from: "2020-01-01", to: "2020-01-31" };
    expect(await rowsOf(story.ivy, "approvals", "what-became-of-them", yesterday)).toEqual([]);
  });

  test("adds up over its steps to the whole", async () => {
    const year = { from: `${new Date().getUTCFullYear()}-01-01`, to: `${new Date().getUTCFullYear()}-12-31` };
    const rows = await rowsOf(story.ivy, "approvals", "requests-by-week", year);
    expect(rows.length).toBeGreaterThanOrEqual(52);
    const sums = rows.flatMap(([, ...values]) => values as number[]).reduce((sum, value) => sum + value, 0);
    expect(sums).toBe(4);
  });

  test("names approvers who decided in under 5 seconds, each decision of theirs, and not those who took longer", async () => {
    const { owner } = story.control;
    expect((await rowsOf(story.ivy, "approvals", "decisions-in-no-time")).length).toBe(4);
    await owner`UPDATE decisions SET arrived_at = decided_at - interval '1 hour'`;
    await owner`UPDATE decisions d SET decided_at = d.decided_at - s.n * interval '1 hour', arrived_at = d.arrived_at - s.n * interval '1 hour'
      FROM (SELECT id, row_number() OVER (ORDER BY decided_at) AS n FROM decisions) s WHERE s.id = d.id`;
    expect(await rowsOf(story.ivy, "approvals", "decisions-in-no-time")).toEqual([]);
    const [max] = (await rowsOf(story.ivy, "approvals", "approvers")).filter(([name]) => name === "Max");
    expect(max!.slice(1, 4)).toEqual([3, 3600, 3600]);
  });
});

describe("the report on cards", () => {
  test("names who holds a live grant of a full number and why, and nobody whose grant is over", async () => {
    const [holder, ...others] = await rowsOf(story.ivy, "pci", "holders-now");
    expect(others).toEqual([]);
    expect(holder).toEqual(
      expect.arrayContaining(["Ana", "Marigold: public.customers", "pan", 1, "Not opened yet"]),
    );
    expect(String(holder![6])).toMatch(/^Rule “.+”, policy \d+; by (Max, Paul|Paul, Max)$/);
    await story.control.owner`UPDATE grants SET state = 'revoked', closed_at = clock_timestamp()`;
    expect(await rowsOf(story.ivy, "pci", "holders-now")).toEqual([]);
    expect((await rowsOf(story.ivy, "pci", "grants")).map((row) => row[9])).toEqual(["Revoked"]);
  });

  test("has every access to cardholder data, also one that was refused, and none to other data", async () => {
    const before = await rowsOf(story.ivy, "pci", "accesses");
    const card = await approved(story, { fields: pan() });
    const mail = await approved(story);
    for (const { grantId } of [card, mail]) {
      await activateGrant(story.ana, grantId);
      await revealFields(story.ana, { grantId });
    }
    for (const { grantId } of [card, mail]) {
      const refusal = { code: "reveal.refused", details: { refusal: "grant-over" } } as const;
      await record(story.ana, { ...(await refusedAbout(story.ana, { grantId })), ...refusal });
    }
    const rows = (await rowsOf(story.ivy, "pci", "accesses")).slice(before.length);
    expect(rows.map(([, , who, , outcome, , fields]) => [who, outcome, fields])).toEqual([
      ["Ana", "Done", "pan"],
      ["Ana", "Refused", "pan"],
    ]);
    expect(rows.map(([seq]) => seq)).toEqual(
      rows.map(([seq]) => seq).toSorted((a, b) => Number(a) - Number(b)),
    );
    const figures = await rowsOf(story.ivy, "pci", "at-a-glance");
    expect(figures.find(([label]) => label === "Readings of full numbers")?.[1]).toBe(1);
  });

  test("has every column of cards with its mask, and no value of one", async () => {
    const rows = await rowsOf(story.ivy, "pci", "columns");
    expect(rows.map(([, column]) => column)).toEqual(["pan", "cvv"]);
    const everything = await Promise.all(kinds.map((kind) => textOf(story.ivy, kind, "report.ndjson")));
    for (const text of everything) {
      expect(text).not.toContain("4111111111111111");
      expect(text).not.toContain("jane.unmistakable");
    }
  });
});

describe("files", () => {
  test("NDJSON begins with what the report says of itself and has each row of each sheet", async () => {
    const [first, ...rest] = (await textOf(story.ivy, "pci", "report.ndjson"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ sheet: "report", kindId: "pci", madeBy: "Ivy", title: "Cardholder data" });
    expect(first.logSize).toBeGreaterThan(10);
    expect(new Set(rest.map(({ sheet }) => sheet))).toContain("grants");
  });

  test("CSV disarms what a spreadsheet would take for a formula, in a reason too", async () => {
    const text = await textOf(story.ivy, "pci", "grants.csv");
    expect(text).toContain("=HYPERLINK");
    // After the purpose it is no formula any more; a cell of its own would have an apostrophe.
    expect(text).not.toMatch(/(^|,|\n)"?=HYPERLINK/m);
  });

  test("PDF is one, of each kind", async () => {
    for (const kind of kinds)
      expect((await textOf(story.ivy, kind, "report.pdf")).slice(0, 8)).toBe("%PDF-1.7");
  });

  test.each(["report.exe", "nothing.csv", "../approvers.csv", "APPROVERS.csv"])(
    "there is no %s",
    async (file) => {
      await expect(reportFile(story.ivy, wanted("approvals"), file)).rejects.toEqual(refused("not-found"));
    },
  );
});
