import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import { readDays } from "@/lib/anomalies/activity-rows";
import type { Measure } from "@/lib/anomalies/activity";
import { readCases, type CaseRow } from "@/lib/anomalies/case-rows";
import { dayAfter, daysIn, emptyDay, type Day } from "@/lib/anomalies/day";
import { HISTORY_DAYS } from "@/lib/anomalies/detect";
import { usualOf } from "@/lib/anomalies/usual";
import type { CaseView, HoursView, PlotView } from "@/lib/anomalies/view";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { people } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

/**
 * A case with what it rests on: the person's usual range against the day, and where the log has the events. Reading it is
 * on record, before the answer. One that concerns the reader is not there.
 */
export async function readCase(ctx: Context, number: number): Promise<CaseView> {
  requirePermission(ctx, "audit");
  const [row] = await readCases(
    ctx,
    and(eq(anomalyCases.number, number), ne(anomalyCases.personId, ctx.actor.personId)),
    1,
  );
  if (!row) throw new Refusal("not-found");
  await record(ctx, { code: "case.read", details: { case: number } });
  const days = await readPlotDays(row);
  const [clock] = await ctx.db
    .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
    .from(people)
    .where(eq(people.id, ctx.actor.personId));
  const { weight: _, ...view } = row;
  return {
    ...view,
    plots: plotsOf(row, days),
    hours: row.findings.some(({ kind }) => kind === "hours") ? hoursOf(row, days) : null,
    events: eventsOf(row),
    mayJudge: row.state === "open",
    now: (clock?.now ?? new Date(0)).toISOString(),
  };
}

async function readPlotDays({ personId, zone, day }: CaseRow): Promise<Day[]> {
  const stored = await readDays(personId, dayAfter(day, -HISTORY_DAYS - 1), dayAfter(day, 1));
  return daysIn(zone, stored).filter((one) => one.day <= day && one.day >= dayAfter(day, -HISTORY_DAYS));
}

/** Which count a kind of finding is drawn by; those that have none are told in words alone. */
const drawn: Readonly<Record<string, readonly [Measure, string]>> = {
  records: ["records", "Records a day"],
  week: ["records", "Records a day"],
  drift: ["records", "Records a day"],
  peers: ["records", "Records a day"],
  new: ["records", "Records a day"],
  copies: ["copies", "Copied values a day"],
  exports: ["exports", "Exports a day"],
  rows: ["rows", "Exported rows a day"],
  tables: ["tables", "Tables a day"],
  guessing: ["misses", "Lookups and checks a day that found nothing"],
  probing: ["misses", "Lookups and checks a day that found nothing"],
  refusals: ["refused", "Refusals a day"],
  emergencies: ["emergencies", "Emergencies a day"],
};

function plotsOf({ day, findings }: CaseRow, days: readonly Day[]): PlotView[] {
  const wanted = new Map(
    findings.flatMap(({ kind }) => {
      const one = drawn[kind];
      return one ? [one] : [];
    }),
  );
  return [...wanted].map(([measure, title]) => {
    const usual = usualOf(days.filter((one) => one.day < day).map(({ counts }) => counts[measure]));
    return {
      title,
      low: usual.low,
      high: usual.high,
      days: everyDay(day, days).map((one) => ({
        day: one.day,
        value: one.counts[measure],
        isIt: one.day === day,
      })),
    };
  });
}

/** Eight weeks of the calendar up to a day, those without work too. */
function everyDay(day: string, days: readonly Day[]): Day[] {
  const known = new Map(days.map((one) => [one.day, one]));
  return Array.from({ length: HISTORY_DAYS + 1 }, (_, at) => {
    const one = dayAfter(day, at - HISTORY_DAYS);
    return known.get(one) ?? emptyDay(one);
  });
}

function hoursOf({ day, zone }: CaseRow, days: readonly Day[]): HoursView {
  const it = days.find((one) => one.day === day);
  const before = days.filter((one) => one.day < day && one.isWeekend === it?.isWeekend);
  return {
    zone,
    days: before.length,
    worked: Array.from(
      { length: 24 },
      (_, hour) => before.filter(({ acts }) => (acts[hour] ?? 0) > 0).length,
    ),
    deeds: it?.deeds ?? [],
  };
}

/** Where the log has the events. Its days are those of UTC, so that the day of the case lies in two of them. */
function eventsOf({ personId, day, zone }: CaseRow): CaseView["events"] {
  const shift = zone === "UTC" ? 0 : 1;
  const span = (days: number) => ({ from: dayAfter(day, -days - shift), to: dayAfter(day, shift) });
  const href = (more: Record<string, string>) =>
    `/audit?${new URLSearchParams({ actorId: personId, ...more })}`;
  return [
    { label: "All of the day", href: href(span(0)) },
    { label: "Reveals of the day", href: href({ group: "reveals", ...span(0) }) },
    { label: "What was refused", href: href({ outcome: "refused", ...span(0) }) },
    { label: "Reveals of the 7 days before", href: href({ group: "reveals", ...span(7) }) },
  ];
}
