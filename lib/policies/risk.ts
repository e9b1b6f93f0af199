/** One reason for risk: what it is about in words, and how many points it adds. */
export type RiskBar = {
  reason: "sensitivity" | "level" | "records" | "fields" | "ticket";
  words: string;
  points: number;
};

/** Additive and explained: the sum of its bars. */
export type Risk = { points: number; grade: "low" | "medium" | "high"; bars: readonly RiskBar[] };

export type RiskSignals = {
  fields: readonly { sensitivity: number; level: "partial" | "full" }[];
  recordCount: number;
  ticket: boolean;
};

/** The risk of a request, deterministic in its signals; an unknown sensitivity counts as the highest. */
export function assessRisk(signals: RiskSignals): Risk {
  const highest = Math.max(...signals.fields.map((field) => sensitivityPoints(field.sensitivity)), 0);
  const full = signals.fields.some((field) => field.level === "full");
  const bars: RiskBar[] = [
    { reason: "sensitivity", words: sensitivityWords(signals.fields), points: highest },
    { reason: "level", words: full ? "Full values" : "Partial values only", points: full ? 10 : 0 },
    {
      reason: "records",
      words: counted(signals.recordCount, "record"),
      points: recordPoints(signals.recordCount),
    },
    {
      reason: "fields",
      words: counted(signals.fields.length, "field"),
      points: fieldPoints(signals.fields.length),
    },
    {
      reason: "ticket",
      words: signals.ticket ? "Ticket given" : "No ticket",
      points: signals.ticket ? 0 : 5,
    },
  ];
  const points = bars.reduce((sum, bar) => sum + bar.points, 0);
  return { points, grade: points < 30 ? "low" : points < 60 ? "medium" : "high", bars };
}

function sensitivityPoints(sensitivity: number): number {
  return [0, 0, 10, 25, 45][sensitivity] ?? 45;
}

function sensitivityWords(fields: RiskSignals["fields"]): string {
  const highest = Math.max(...fields.map((field) => field.sensitivity), 0);
  return `Sensitivity ${highest} of 4`;
}

function recordPoints(count: number): number {
  if (count <= 1) return 0;
  if (count <= 5) return 5;
  if (count <= 20) return 15;
  return count <= 100 ? 30 : 45;
}

function fieldPoints(count: number): number {
  return Math.min(10, 2 * Math.max(0, count - 1));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
