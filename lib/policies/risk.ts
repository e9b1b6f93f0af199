import { z } from "zod";
import type { RequestSignals } from "@/lib/policies/signals";

/** One reason for risk: what it is about in words, and how many points it adds. */
export type RiskBar = {
  reason:
    | "sensitivity"
    | "level"
    | "records"
    | "fields"
    | "ticket"
    | "hours"
    | "first-time"
    | "device"
    | "exposure"
    | "denials"
    | "purpose";
  words: string;
  points: number;
};

/** Additive and explained: the sum of its bars. */
export type Risk = { points: number; grade: "low" | "medium" | "high"; bars: readonly RiskBar[] };

const points = z.int().min(0).max(1000);
const tiers = z.array(z.strictObject({ over: z.int().min(0).max(1_000_000), points })).max(20);

/** How a policy weighs the signals of a request. */
export const riskSchema = z.strictObject({
  /** Points of the highest sensitivity among the fields, 1 to 4. */
  sensitivity: z.tuple([points, points, points, points]),
  fullValues: points,
  /** The highest tier that is exceeded counts. */
  records: tiers,
  perFurtherField: points,
  fieldsAtMost: points,
  noTicket: points,
  outOfHours: points,
  firstOnTable: points,
  newDevice: points,
  /** Distinct records seen in 7 days or granted: the exposure budget of a person. */
  subjectsSeen: tiers,
  perDenial: points,
  denialsAtMost: points,
  /** Points by purpose; one that is not named adds none. */
  purposes: z.record(z.string().max(60), points),
  /** Working hours in the requester's own time zone: from this hour to before that one, on these days. */
  hours: z.strictObject({
    from: z.int().min(0).max(23),
    to: z.int().min(1).max(24),
    days: z.array(z.int().min(1).max(7)).max(7),
  }),
  /** From how many points a risk is medium, and from how many it is high. */
  grades: z.strictObject({ medium: points, high: points }),
});

export type RiskWeights = z.output<typeof riskSchema>;

export const defaultWeights: RiskWeights = {
  sensitivity: [0, 10, 25, 45],
  fullValues: 10,
  records: [
    { over: 1, points: 5 },
    { over: 5, points: 15 },
    { over: 20, points: 30 },
    { over: 100, points: 45 },
  ],
  perFurtherField: 2,
  fieldsAtMost: 10,
  noTicket: 5,
  outOfHours: 3,
  firstOnTable: 3,
  newDevice: 3,
  subjectsSeen: [
    { over: 25, points: 5 },
    { over: 100, points: 15 },
    { over: 300, points: 30 },
  ],
  perDenial: 5,
  denialsAtMost: 20,
  purposes: {},
  hours: { from: 7, to: 20, days: [1, 2, 3, 4, 5, 6] },
  grades: { medium: 30, high: 60 },
};

/** The risk of a request, deterministic in its signals: what is unknown or missing counts as the worst. */
export function assessRisk(signals: RequestSignals, weights: RiskWeights = defaultWeights): Risk {
  const bars = [...barsOfContent(signals, weights), ...barsOfPerson(signals, weights)];
  const sum = bars.reduce((total, bar) => total + bar.points, 0);
  const { medium, high } = weights.grades;
  return { points: sum, grade: sum < medium ? "low" : sum < high ? "medium" : "high", bars };
}

function barsOfContent(signals: RequestSignals, weights: RiskWeights): RiskBar[] {
  const { fields, records, ticket, purpose } = signals;
  const full = fields.some((field) => field.level === "full");
  const purposePoints = Object.hasOwn(weights.purposes, purpose) ? (weights.purposes[purpose] ?? 0) : 0;
  return [
    {
      reason: "sensitivity",
      words: `Sensitivity ${highestSensitivity(signals)} of 4`,
      points: Math.max(
        0,
        ...fields.map(({ sensitivity }) => weights.sensitivity[sensitivity - 1] ?? worstOf(weights)),
      ),
    },
    {
      reason: "level",
      words: full ? "Full values" : "Partial values only",
      points: full ? weights.fullValues : 0,
    },
    { reason: "records", words: counted(records, "record"), points: tierOf(weights.records, records) },
    {
      reason: "fields",
      words: counted(fields.length, "field"),
      points: Math.min(weights.fieldsAtMost, weights.perFurtherField * Math.max(0, fields.length - 1)),
    },
    {
      reason: "ticket",
      words: ticket ? "Ticket given" : "No ticket",
      points: ticket ? 0 : weights.noTicket,
    },
    ...(purposePoints > 0
      ? [{ reason: "purpose" as const, words: "The purpose", points: purposePoints }]
      : []),
  ];
}

function barsOfPerson(signals: RequestSignals, weights: RiskWeights): RiskBar[] {
  const { firstOnTable, newDevice, subjectsSeen, denials } = signals;
  const late = isOutOfHours(signals, weights);
  const all: RiskBar[] = [
    { reason: "hours", words: hoursWords(late), points: late === false ? 0 : weights.outOfHours },
    {
      reason: "first-time",
      words: unknownOr(firstOnTable, "First time on this table"),
      points: firstOnTable === false ? 0 : weights.firstOnTable,
    },
    {
      reason: "device",
      words: unknownOr(newDevice, "A browser not seen before"),
      points: newDevice === false ? 0 : weights.newDevice,
    },
    {
      reason: "exposure",
      words:
        subjectsSeen === null
          ? "Records seen or granted in 7 days: not known"
          : `${counted(subjectsSeen, "record")} seen or granted in 7 days`,
      points:
        subjectsSeen === null
          ? Math.max(0, ...weights.subjectsSeen.map((tier) => tier.points))
          : tierOf(weights.subjectsSeen, subjectsSeen),
    },
    {
      reason: "denials",
      words: denials === null ? "Denials in 30 days: not known" : `${counted(denials, "denial")} in 30 days`,
      points:
        denials === null
          ? weights.denialsAtMost
          : Math.min(weights.denialsAtMost, weights.perDenial * denials),
    },
  ];
  // What adds nothing about a person is not worth a bar.
  return all.filter((bar) => bar.points > 0);
}

/** The highest sensitivity among the fields; what is no sensitivity counts as 4. */
export function highestSensitivity({ fields }: RequestSignals): number {
  return Math.max(
    0,
    ...fields.map(({ sensitivity }) => (sensitivity >= 1 && sensitivity <= 4 ? sensitivity : 4)),
  );
}

/** Whether it is asked outside the working hours of the policy; null when the time is not known. */
export function isOutOfHours({ hour, weekday }: RequestSignals, { hours }: RiskWeights): boolean | null {
  if (hour === null || weekday === null) return null;
  return !hours.days.includes(weekday) || hour < hours.from || hour >= hours.to;
}

const worstOf = (weights: RiskWeights) => Math.max(...weights.sensitivity);
const tierOf = (all: RiskWeights["records"], n: number) =>
  Math.max(0, ...all.filter((tier) => n > tier.over).map((tier) => tier.points));
const unknownOr = (known: boolean | null, words: string) => (known === null ? `${words}: not known` : words);
const hoursWords = (late: boolean | null) => unknownOr(late, "Outside working hours");

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
