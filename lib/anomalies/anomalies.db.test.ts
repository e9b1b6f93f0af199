import { beforeAll, describe, expect, test } from "vitest";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import { systemContext } from "@/lib/auth/system-context";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { moveClock, type MovedClock } from "@/lib/testing/moved-clock";
import { changeRoles } from "@/lib/people/change-roles";
import { judgeCase, judgeCaseSchema } from "./judge-case";
import { countOpenCases, listCases } from "./list-cases";
import { openCase } from "./open-case";
import { readCase } from "./read-case";
import { lookForAnomalies } from "./tend-anomalies";

const control = useControlDatabase();
let clock: MovedClock;
/** What was found in the six weeks of ordinary work. */
let ordinary: readonly object[];
let [ana, ivy, ines, ada]: Context[] = [];
const monday = Date.UTC(2026, 8, 7);
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** At this hour of that day since the Monday on which it begins. */
const at = (day: number, hour: number) => clock.set(new Date(monday + day * dayMs + hour * hourMs));
const open = { state: "open" } as const;

beforeAll(async () => {
  clock = await moveClock(control);
  [ana, ivy, ines, ada] = await Promise.all([
    signedIn(control, { name: "Ana", roles: ["agent"] }),
    signedIn(control, { name: "Ivy", roles: ["auditor"] }),
    signedIn(control, { name: "Ines", roles: ["auditor", "agent"] }),
    signedIn(control, { name: "Ada", roles: ["admin"] }),
  ]);
});

/** So many records of a table, each of its own. */
async function opens(who: Context, count: number, { table = "customers", from = 0 } = {}): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => `r${from + index}` as SubjectRef);
  const resource = {
    tableId: idOf(table),
    table,
    records,
    recordCount: count,
    fields: ["email"],
    classes: ["email"],
  };
  await record(who, { code: "reveal.opened", resource, purpose: "customer-contact" });
}

const tables = ["customers", "salaries"];
const idOf = (table: string) => `00000000-0000-4000-8000-0000000000${10 + tables.indexOf(table)}`;

/** Six weeks of somebody who opens four to eight records a day. */
async function sixWeeks(who: Context): Promise<void> {
  for (let day = 0; day < 42; day++) {
    if (day % 7 >= 5) continue;
    for (const hour of [9, 12, 16]) {
      await at(day, hour);
      await record(who, { code: "browse.table_opened", resource: { tableId: idOf("customers") } });
      if (hour === 9) await opens(who, 6 + ((day * 3) % 5) - 2);
    }
  }
}

const look = async () => {
  while ((await lookForAnomalies(systemContext())) === "again");
};

const findings = () => control.owner<
  { kind: string; step: number; day: string; number: number; state: string }[]
>`
  SELECT f.kind, f.step, f.day::text, c.number, c.state FROM anomaly_findings f JOIN anomaly_cases c ON c.id = f.case_id
  ORDER BY c.number, f.kind, f.step`;
const counted = () => control.owner`
  SELECT person_id, day::text, first_seq, last_seq, records, hours FROM glimpse_jobs.activity_days ORDER BY 1, 2`;
const said = (code: string) => control.owner<{ entry: string }[]>`
  SELECT entry FROM audit_events WHERE code = ${code} ORDER BY seq`;

describe("somebody with six weeks of history", () => {
  beforeAll(async () => {
    await sixWeeks(ana!);
    await look();
    ordinary = await findings();
    await at(42, 2);
    await opens(ana!, 36, { from: 1000 });
    await look();
  }, 60_000);

  test("opens 36 records at two in the night: one case, with both findings in words, told in the log without a value", async () => {
    expect(ordinary).toEqual([]);
    expect((await findings()).map(({ kind, day }) => `${day} ${kind}`)).toEqual([
      "2026-10-19 hours",
      "2026-10-19 records",
    ]);
    const { lines, counts, looked } = await listCases(ivy!, open);
    expect(counts).toEqual({ open: 1, closed: 0 });
    expect(looked.behind).toBe(1);
    expect(lines.map(({ person, dayWords }) => `${person}, ${dayWords}`)).toEqual([
      "Ana, Monday 19 October 2026",
    ]);
    expect(lines[0]!.findings.map(({ words }) => words)).toEqual([
      "36 deeds between 02:00 and 03:00 on Monday 19 October 2026; at such hours there was work on 0 of 30 weekdays before.",
      "36 records on Monday 19 October 2026; usually 4 to 8 a day, over 30 days of work in 8 weeks.",
    ]);
    const [opened, ...more] = await said("case.opened");
    expect(more).toEqual([]);
    expect(JSON.parse(opened!.entry)).toMatchObject({ actor: { kind: "system" }, details: { case: 1 } });
  });

  test("the same is never found twice: not by looking again, not by counting anew, not by two at once", async () => {
    const [found, days] = [await findings(), await counted()];
    await look();
    await control.owner`DELETE FROM glimpse_jobs.activity_days`;
    await control.owner`UPDATE glimpse_jobs.activity_mark SET seq = -1`;
    for (let more = true; more;) {
      const both = await Promise.all([
        lookForAnomalies(systemContext(), 7),
        lookForAnomalies(systemContext(), 7),
      ]);
      more = both.includes("again");
    }
    expect(await findings()).toEqual(found);
    // Counted by sevens and anew: but for how far the log was read for a day, nothing differs.
    const withoutEnd = (rows: readonly object[]) => rows.map((row) => ({ ...row, last_seq: 0 }));
    expect(withoutEnd((await counted()).filter(({ person_id: id }) => id === ana!.actor.personId))).toEqual(
      withoutEnd(days.filter(({ person_id: id }) => id === ana!.actor.personId)),
    );
    expect(await said("case.opened")).toHaveLength(1);
  }, 60_000);

  test("the page of the case shows the usual range against the day, and reading it is on record", async () => {
    const view = await readCase(ivy!, 1);
    expect(view.plots).toHaveLength(1);
    const [plot] = view.plots;
    expect(plot).toMatchObject({ title: "Records a day", low: 4, high: 8 });
    expect(plot!.days).toHaveLength(57);
    expect(plot!.days.at(-1)).toEqual({ day: "2026-10-19", value: 36, isIt: true });
    expect(view.hours).toMatchObject({ days: 30 });
    expect([view.hours!.worked[9], view.hours!.worked[2], view.hours!.deeds[2]]).toEqual([30, 0, 36]);
    const [read] = await said("case.read");
    expect(JSON.parse(read!.entry)).toMatchObject({ actor: { name: "Ivy" }, details: { case: 1 } });
  });

  test("whoever it concerns cannot judge it, nor can an agent or an admin, nor with too few words; an auditor judges it once", async () => {
    const judge = (who: Context, words = "She was on call that night.") =>
      judgeCase(who, { caseNumber: 1, verdict: "explained", words });
    await expect(judge(ana!)).rejects.toMatchObject({ code: "not-permitted" });
    await expect(judge(ada!)).rejects.toMatchObject({ code: "not-permitted" });
    await expect(readCase(ana!, 1)).rejects.toMatchObject({ code: "not-permitted" });
    await changeRoles(ada!, { personId: ana!.actor.personId, roles: ["agent", "auditor"], version: 1 });
    await expect(judge(ana!)).rejects.toMatchObject({ code: "not-found" });
    const asAuditor = { ...ana!, actor: (await signedInAgain(ana!)).actor };
    expect((await listCases(asAuditor, { state: "all" })).lines).toEqual([]);
    expect(await countOpenCases(asAuditor)).toBe(0);
    await expect(readCase(asAuditor, 1)).rejects.toMatchObject({ code: "not-found" });
    await expect(control.owner`
      UPDATE anomaly_cases SET state = 'explained', judged_by = person_id, words = 'It was me, all fine.',
        salt = sha256(''), judged_at = clock_timestamp()`).rejects.toMatchObject({
      constraint_name: "judged_by_another",
    });
    await expect(judge(ivy!, "fine")).rejects.toThrow();
    const told = {
      caseNumber: "1",
      verdict: "explained",
      words: "She looked for 4111 1111 1111 1111 alone.",
    };
    expect(judgeCaseSchema.safeParse(told).error?.issues[0]?.message).toContain("look like a card number");
    const both = await Promise.allSettled([judge(ivy!), judge(ines!)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(judge(ines!)).rejects.toMatchObject({ code: "review-over" });
    expect(await said("case.explained")).toHaveLength(1);
    await expect(control.owner`UPDATE anomaly_cases SET words = 'It was something else.'`).rejects.toThrow(
      "judged once",
    );
  });

  test("what is found after the judgement is another case only where it has doubled", async () => {
    await at(42, 10);
    await opens(ana!, 4, { from: 2000 });
    await look();
    expect((await findings()).filter(({ state }) => state === "open")).toEqual([]);
    await opens(ana!, 60, { from: 3000 });
    await look();
    const opened = (await findings()).filter(({ state }) => state === "open");
    expect(new Set(opened.map(({ number }) => number)).size).toBe(1);
    expect(opened.every(({ step, day }) => step > 0 && day === "2026-10-19")).toBe(true);
  });
});

describe("who is held against what", () => {
  test("somebody new is not told by their own past, and the page says how much of it there is", async () => {
    const nina = await signedIn(control, { name: "Nina", roles: ["agent"] });
    await opens(nina, 300);
    await look();
    expect((await findings()).filter(({ number }) => number > 2)).toEqual([]);
    expect((await listCases(ivy!, open)).fresh).toContainEqual({ name: "Nina", days: 1 });
  });

  test("guessing needs no past", async () => {
    const gus = await signedIn(control, { name: "Gus", roles: ["agent"] });
    for (let index = 0; index < 9; index++)
      await record(gus, { code: "lookup.answered", details: { found: "none" } });
    await look();
    const [line] = (await listCases(ivy!, { state: "open", personId: gus.actor.personId })).lines;
    expect(line!.findings[0]!.words).toBe(
      "9 of 9 lookups and checks on Monday 19 October 2026 found nothing; nothing is known of the days before.",
    );
  });

  test("a change of the time zone moves the past along", async () => {
    await control.owner`UPDATE people SET time_zone = 'Asia/Tokyo' WHERE id = ${ana!.actor.personId}`;
    const before = await findings();
    await at(43, 2);
    await opens(ana!, 12, { from: 5000 });
    await look();
    const fresh = (await findings()).slice(before.length);
    // 02:00 in UTC is 11:00 in Tokyo, and so is the whole past seven hours and more off.
    expect(fresh.map(({ kind }) => kind)).toContain("hours");
  });
});

test("somebody far above four people with the same roles is told, and not far above others", async () => {
  const roles = ["agent", "steward"] as const;
  const group = await Promise.all(
    ["Una", "Uli", "Udo", "Uma", "Uri"].map((name) => signedIn(control, { name, roles })),
  );
  for (const [index, one] of group.entries()) {
    const records = index === 0 ? 8 : 1;
    const hours = JSON.stringify({ 9: { acts: 9, records } });
    await control.owner`INSERT INTO glimpse_jobs.activity_days
      SELECT ${one.actor.personId}, day, 0, 0, ${records}, ${hours}::text::jsonb
      FROM generate_series('2026-09-14'::date, '2026-10-19'::date, '1 day') AS day`;
  }
  await at(43, 9);
  await opens(group[0]!, 8, { from: 9000 });
  await look();
  const { lines } = await listCases(ivy!, { state: "open", personId: group[0]!.actor.personId });
  expect(lines.map((line) => line.findings.map(({ words }) => words))).toEqual([
    [
      "224 records in the 4 weeks up to Tuesday 20 October 2026; 4 people with the same roles opened 27 in the middle and 27 at most.",
    ],
  ]);
});

test("days whose case is open are not usual, whoever goes on like that; once they are explained, they are", async () => {
  const bea = await signedIn(control, { name: "Bea", roles: ["agent", "policy_admin"] });
  const id = bea.actor.personId;
  const worked = (from: string, to: string, records: number) => control.owner`
    INSERT INTO glimpse_jobs.activity_days
    SELECT ${id}, day, 0, 0, ${records}, ${JSON.stringify({ 9: { acts: 9, records } })}::text::jsonb
    FROM generate_series(${from}::date, ${to}::date, '1 day') AS day`;
  await worked("2026-09-07", "2026-10-11", 6);
  await worked("2026-10-12", "2026-10-19", 41);
  const numbers: number[] = [];
  for (let day = 12; day <= 19; day++) {
    const findings = [{ kind: "records" as const, step: 1, evidence: { count: 41 } }];
    numbers.push(
      (await openCase(systemContext(), { personId: id, day: `2026-10-${day}`, zone: "UTC", findings }))!,
    );
  }
  const foundOn = async (day: number) => {
    await at(day, 9);
    await opens(bea, 41, { from: 100 * day });
    await look();
    const lines = (await listCases(ivy!, { state: "open", personId: id })).lines;
    const found = lines.filter(
      (line) => line.day === new Date(monday + day * dayMs).toISOString().slice(0, 10),
    );
    return found.flatMap((line) => line.findings.map(({ kind }) => kind));
  };
  expect(await foundOn(43)).toContain("records");
  for (const caseNumber of numbers)
    await judgeCase(ivy!, { caseNumber, verdict: "explained", words: "She does the work of two now." });
  expect(await foundOn(44)).not.toContain("records");
});

test("findings of one person and day, found twice at the same moment, are one case", async () => {
  const pat = await signedIn(control, { name: "Pat", roles: ["agent"] });
  const found = {
    ...{ personId: pat.actor.personId, day: "2026-10-20", zone: "UTC" },
    findings: [{ kind: "records" as const, step: 0, evidence: { count: 41 } }],
  };
  const numbers = await Promise.all(Array.from({ length: 6 }, () => openCase(systemContext(), found)));
  expect(numbers.filter((number) => number !== null)).toHaveLength(1);
});

async function signedInAgain(who: Context): Promise<Context> {
  const { Actor } = await import("@/lib/auth/actor");
  const { personId, name } = who.actor;
  return { ...who, actor: Actor.signedIn({ id: personId, name, roles: ["agent", "auditor"] }) };
}
