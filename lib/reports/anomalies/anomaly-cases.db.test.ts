import { expect, test } from "vitest";
import { judgeCase } from "@/lib/anomalies/judge-case";
import { openCase } from "@/lib/anomalies/open-case";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { runReport } from "@/lib/reports/run-report";
import { sectionView } from "@/lib/reports/section-view";
import { signedIn, useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();
const wanted = { kind: "anomaly-cases", params: { from: "2020-01-01", to: "2029-12-31" } };
const found = (who: Context, day: string) => ({
  ...{ personId: who.actor.personId, day, zone: "UTC" },
  findings: [
    { kind: "records" as const, step: 0, evidence: { count: 41, low: 3, high: 9, days: 30 } },
    { kind: "guessing" as const, step: 0, evidence: { count: 9, asks: 10, usual: 0.2, days: 30 } },
  ],
});

test("the report has every finding in its time and how it was judged, and none of whoever makes it", async () => {
  const [ana, ivy, ines] = await Promise.all([
    signedIn(control, { name: "Ana", roles: ["agent"] }),
    signedIn(control, { name: "Ivy", roles: ["auditor"] }),
    signedIn(control, { name: "Ines", roles: ["auditor"] }),
  ]);
  const number = await openCase(systemContext(), found(ana, "2026-11-23"));
  await openCase(systemContext(), found(ana, "2026-11-24"));
  await openCase(systemContext(), found(ivy, "2026-11-24"));
  await judgeCase(ivy, { caseNumber: number!, verdict: "misuse", words: "She looked her neighbours up." });

  const pageOf = async (ctx: Context) => {
    const views = await Promise.all((await runReport(ctx, wanted)).sections.map(sectionView));
    const table = views.find((view) => view.kind === "table");
    const figures = views.find((view) => view.kind === "numbers");
    return {
      rows: table?.kind === "table" ? table.rows : [],
      figures: figures?.kind === "numbers" ? figures.figures.map(({ text }) => text).slice(0, 4) : [],
    };
  };
  const { rows, figures } = await pageOf(ivy);
  expect(figures).toEqual(["2", "0", "1", "1"]);
  expect(rows).toHaveLength(4);
  expect(rows.at(-1)?.filter((_, at) => at !== 1 && at !== 9)).toEqual([
    ...[String(number), "Ana", "2026-11-23", "Guessing"],
    "9 of 10 lookups and checks on Monday 23 November 2026 found nothing; usually 0.2 a day, over 30 days of work in 8 weeks.",
    ...["Misuse", "Ivy", "She looked her neighbours up."],
  ]);
  expect((await pageOf(ines)).rows.map((row) => row[2])).toContain("Ivy");
  await expect(runReport(ana, wanted)).rejects.toMatchObject({ code: "not-permitted" });
});
