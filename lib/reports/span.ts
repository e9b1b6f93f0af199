import { z } from "zod";

const day = z.iso.date("Choose a day.");
const DAY_MS = 86_400_000;
const mostDays = 3_660;

/** Two days in UTC, both included, in their order and at most ten years apart: the parameters of a `span` field. */
export const spanInput = { from: day, to: day };

/** What is wrong with a span that is made of days; null where nothing is. For `.check` of the whole input. */
export function spanMistake({ from, to }: { from: string; to: string }): string | null {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days < 0) return "The last day is before the first.";
  return days > mostDays ? "At most ten years." : null;
}

/** The parameters of a report over some days and nothing else. */
export const onlySpan = z.strictObject(spanInput).superRefine((span, context) => {
  const message = spanMistake(span);
  if (message !== null) context.addIssue({ code: "custom", path: ["to"], message });
});

/** The last so many days, today included. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  return { from: dayOf(now.getTime() - (days - 1) * DAY_MS), to: dayOf(now.getTime()) };
}

/** The first moment of a span, and the first after it, as ISO 8601. */
export function spanBounds({ from, to }: { from: string; to: string }): { from: string; before: string } {
  return { from: `${from}T00:00:00.000Z`, before: new Date(Date.parse(to) + DAY_MS).toISOString() };
}

/** A span as people read it, for the filters of a report. */
export const spanWords = ({ from, to }: { from: string; to: string }): string =>
  from === to ? `${from} (UTC)` : `${from} to ${to} (UTC, both days included)`;

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
