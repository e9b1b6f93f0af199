import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { judgeCase } from "./judge-case";
import { openCase } from "./open-case";
import { readCase } from "./read-case";

const control = useControlDatabase();
const words = "Max says that she was on call.";
let ivy: Context;
let ines: Context;
let number: number;

beforeAll(async () => {
  ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
  ines = await signedIn(control, { name: "Ines", roles: ["auditor", "agent"] });
  const found = (kind: "records" | "hours") =>
    openCase(systemContext(), {
      ...{ personId: ines.actor.personId, day: "2026-11-24", zone: "UTC" },
      findings: [{ kind, step: 0, evidence: { count: 41 } }],
    });
  number = (await found("records"))!;
  await found("hours");
  await readCase(ivy, number);
  await judgeCase(ivy, { caseNumber: number, verdict: "explained", words });
});

test("an auditor whom a case concerns learns from the log that there is one: not of whom, not what, not why it was explained", async () => {
  const entries = await control.owner<{ code: string; entry: string }[]>`
    SELECT code, entry FROM audit_events WHERE code LIKE 'case.%' ORDER BY seq`;
  expect(entries.map(({ code }) => code)).toEqual([
    ...["case.opened", "case.grown", "case.read", "case.explained"],
  ]);
  for (const { entry } of entries) {
    const { details, ...others } = JSON.parse(entry) as Record<string, object>;
    const beside = Object.keys(details!).filter((name) => !["case", "characters", "seal"].includes(name));
    expect(beside).toEqual([]);
    for (const part of ["subject", "reason", "resource"]) expect(others).not.toHaveProperty(part);
    expect(entry).not.toContain(ines.actor.personId);
    expect(entry).not.toMatch(/Ines|2026-11-24|Many records|Unusual hours|on call/);
  }
});

test("words of a judgement that are not those of the seal in the log are not shown", async () => {
  const read = async () => (await readCase(ivy, number)).words;
  expect(await read()).toBe(words);
  await control.owner`ALTER TABLE anomaly_cases DISABLE TRIGGER case_is_judged_once`;
  await control.owner`UPDATE anomaly_cases SET words = 'She was on holiday then.'`;
  await control.owner`ALTER TABLE anomaly_cases ENABLE TRIGGER case_is_judged_once`;
  expect(await read()).toBe("(These are not the words that the log has a seal of.)");
});
