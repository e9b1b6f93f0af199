import "server-only";
import type { Context } from "@/lib/auth/context";
import { outcomes, type Outcome, type Span } from "@/lib/reports/approvals/asked-in";
import {
  busiestPeople,
  busiestTables,
  countRequests,
  type Busy,
  type Counted,
} from "@/lib/reports/approvals/count-requests";
import { approverTable, emergencyTable, hastyTable } from "@/lib/reports/approvals/list-decisions";
import { reportKind, type AsOf, type Report } from "@/lib/reports/report";
import { onlySpan, spanWords } from "@/lib/reports/span";
import { stepOf, stepsIn } from "@/lib/reports/steps";
import type { BarsPart, Figure, SeriesPart } from "@/lib/reports/view";

/** How approvals work: volumes, waiting times, outcomes, emergencies, and approvers who decide too fast. */
export const approvals = reportKind<Span>({
  id: "approvals",
  title: "How approvals work",
  question: "Are requests decided by people who look, in time, and seldom without anybody?",
  basis: ["SOC 2 CC6.1 to CC6.3", "ISO/IEC 27001 A.5.15, A.8.2", "GDPR Art. 32"],
  permission: "reports",
  fields: [{ kind: "span", usualDays: 90 }],
  input: onlySpan,
  build,
});

async function build(ctx: Context, span: Span, asOf: AsOf): Promise<Report> {
  const step = stepOf(span);
  const [{ together, steps }, tables, people] = await Promise.all([
    countRequests(ctx, span, { step, asOf }),
    busiestTables(ctx, span, asOf),
    busiestPeople(ctx, span, asOf),
  ]);
  const reading = { ctx, span, asOf };
  const plot = { step, points: pointsOf(stepsIn(span, step), steps) };
  return {
    title: "How approvals work",
    filters: [["Requests sent", spanWords(span)]],
    sections: [
      { kind: "numbers", title: "At a glance", figures: figuresOf(together) },
      outcomeBars(together),
      volumes(plot),
      waits(plot),
      busyBars("Busiest tables", "Requests for each table.", tables),
      busyBars("People who asked most", "Requests of each person.", people),
      approverTable(reading),
      hastyTable(reading),
      emergencyTable(reading),
      { kind: "text", title: "How it is counted", paragraphs: countedSo },
    ],
  };
}

const none = 0;

function figuresOf({ all, by, median, p90 }: Counted): Figure[] {
  const share = (part: number) => (all === none ? null : part / all);
  return [
    { label: "Requests", value: all, kind: "number" },
    {
      label: "Median wait for people",
      value: median,
      kind: "duration",
      note: "from sending to the last decision",
    },
    { label: "90 % decided within", value: p90, kind: "duration" },
    { label: "Granted automatically", value: share(by.automatic), kind: "share", note: count(by.automatic) },
    {
      label: "Denied",
      value: share(by.denied + by.denied_by_policy),
      kind: "share",
      note: count(by.denied + by.denied_by_policy),
    },
    { label: "Not decided in time", value: share(by.expired), kind: "share", note: count(by.expired) },
    { label: "Emergencies", value: by.emergency, kind: "number", note: "opened before anybody had decided" },
    { label: "Still waiting", value: by.pending, kind: "number" },
  ];
}

const count = (value: number) => `${value.toLocaleString("en-US")} ${value === 1 ? "request" : "requests"}`;

function outcomeBars({ by }: Counted): BarsPart {
  const bars = (Object.keys(outcomes) as Outcome[])
    .map((name) => ({ label: outcomes[name], value: by[name] }))
    .filter(({ value }) => value > 0);
  return { kind: "bars", title: "What became of them", of: "number", bars, empty: nothingAsked };
}

function busyBars(title: string, intro: string, busy: readonly Busy[]): BarsPart {
  const bars = busy.map(({ label, count: value, note }) => ({ label, value, note }));
  return { kind: "bars", title, intro, of: "number", bars, empty: nothingAsked };
}

const nothingAsked = "Nothing was requested in this time.";

type Plot = { step: SeriesPart["step"]; points: { at: string; counted: Counted | undefined }[] };

function pointsOf(all: readonly string[], steps: readonly Counted[]): Plot["points"] {
  const byDay = new Map(steps.map((one) => [one.at, one]));
  return all.map((at) => ({ at, counted: byDay.get(at) }));
}

function volumes({ step, points }: Plot): SeriesPart {
  const sum = (counted: Counted | undefined, names: readonly Outcome[]) =>
    names.reduce((total, name) => total + (counted?.by[name] ?? 0), 0);
  return {
    kind: "series",
    title: `Requests by ${step}`,
    of: "number",
    step,
    lines: ["Automatic", "Approved by people", "Denied", "Emergencies", "Not decided"],
    points: points.map(({ at, counted }) => ({
      at,
      values: [
        sum(counted, ["automatic"]),
        sum(counted, ["approved", "narrowed"]),
        sum(counted, ["denied", "denied_by_policy"]),
        sum(counted, ["emergency"]),
        sum(counted, ["expired", "withdrawn", "closed", "pending"]),
      ],
    })),
    empty: nothingAsked,
  };
}

function waits({ step, points }: Plot): SeriesPart {
  return {
    kind: "series",
    title: `Waiting times by ${step}`,
    intro: "Of requests that people decided, by the day on which they were sent.",
    of: "duration",
    step,
    lines: ["Median", "90 % within"],
    points: points.map(({ at, counted }) => ({
      at,
      values: [counted?.median ?? null, counted?.p90 ?? null],
    })),
    empty: "People decided nothing that was requested in this time.",
  };
}

const countedSo = [
  "A request counts on the day on which it was sent, in UTC, with what had become of it when this report was made. Steps and weeks begin at midnight UTC, weeks on Monday.",
  "An emergency counts as one whatever was decided of it afterwards. Waiting times are of requests that people decided, from sending to the decision that ended the wait; those that nobody decided in time have none and are counted apart.",
  "When somebody opened a request is not on record, so a decision that took longer is no proof of reading; one in under 5 seconds is proof that there was no time for it.",
];
