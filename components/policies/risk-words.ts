import type { Policy } from "@/lib/policies/view";

export type Risk = Policy["risk"];

export type WeightKey = {
  [Key in keyof Risk]: Risk[Key] extends number ? Key : never;
}[keyof Risk];

/** The weights that are one number each, as they are called in the editor and in the difference of versions. */
export const riskLabels: Readonly<Record<WeightKey, string>> = {
  fullValues: "Full values",
  perFurtherField: "Each further field",
  fieldsAtMost: "Fields at most",
  noTicket: "No ticket",
  outOfHours: "Outside working hours",
  firstOnTable: "First time on the table",
  newDevice: "A browser not seen before",
  perDenial: "Each denial in 30 days",
  denialsAtMost: "Denials at most",
};

export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

type Line = { what: string; words: string };

/** Every weight of a risk by its name, with how it stands in words. */
export function riskLines(risk: Risk, purposes: Readonly<Record<string, string>> = {}): Line[] {
  const points = (value: number) => `${value} point${value === 1 ? "" : "s"}`;
  const tiers = (all: Risk["records"]) =>
    all.map(({ over, points: value }) => `over ${over}: ${points(value)}`).join(", ") || "none";
  return [
    { what: "Medium from", words: points(risk.grades.medium) },
    { what: "High from", words: points(risk.grades.high) },
    ...risk.sensitivity.map((value, at) => ({ what: `Sensitivity ${at + 1}`, words: points(value) })),
    ...(Object.keys(riskLabels) as WeightKey[]).map((key) => ({
      what: riskLabels[key],
      words: points(risk[key]),
    })),
    { what: "By number of records", words: tiers(risk.records) },
    { what: "By distinct records seen in 7 days", words: tiers(risk.subjectsSeen) },
    ...Object.keys(risk.purposes)
      .toSorted()
      .map((id) => ({ what: `Purpose ${purposes[id] ?? id}`, words: points(risk.purposes[id] ?? 0) })),
    { what: "Working hours", words: hoursWords(risk.hours) },
  ];
}

function hoursWords({ from, to, days }: Risk["hours"]): string {
  const named = [...days]
    .toSorted((one, other) => one - other)
    .map((day) => dayNames[day - 1] ?? String(day));
  return `${from} to ${to} o’clock on ${named.join(", ") || "no day"}`;
}
