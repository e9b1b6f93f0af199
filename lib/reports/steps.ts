import type { SeriesPart } from "@/lib/reports/view";

type Step = SeriesPart["step"];

const DAY_MS = 86_400_000;

/** The steps in which a plot over these days is read best: days up to a month, weeks up to two years, then months. */
export function stepOf({ from, to }: { from: string; to: string }): Step {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days <= 28) return "day";
  return days <= 732 ? "week" : "month";
}

/** The first days of all steps that touch a span, weeks from Monday, as PostgreSQL's date_trunc has them in UTC. */
export function stepsIn({ from, to }: { from: string; to: string }, step: Step): string[] {
  const steps: string[] = [];
  for (let day = firstOf(new Date(from), step); dayOf(day) <= to; day = after(day, step))
    steps.push(dayOf(day));
  return steps;
}

function firstOf(day: Date, step: Step): Date {
  if (step === "week") return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS);
  return step === "month" ? new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)) : day;
}

function after(day: Date, step: Step): Date {
  if (step === "month") return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1));
  return new Date(day.getTime() + (step === "week" ? 7 : 1) * DAY_MS);
}

const dayOf = (day: Date) => day.toISOString().slice(0, 10);
