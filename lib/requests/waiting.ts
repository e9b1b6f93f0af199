import type { Route } from "@/lib/policies/seats";

/** How long a request waits for a decision before it expires. */
export const DECIDE_WITHIN_SECONDS = 24 * 3600;

/** Those of before there were reminders may be reminded as often as the default says. */
const NUDGE_MINUTES = 30;

/** Minutes for which this step may wait before more people are told; null where nobody is, or they have been. */
export function minutesToEscalation(
  route: Route | null,
  step: number,
  escalated: readonly number[],
): number | null {
  if (escalated.includes(step)) return null;
  return route?.steps[step]?.escalation?.afterMinutes ?? null;
}

/** Seconds after it was sent at which the next reminder is due, when so many have passed; null when none is left. */
export function nextReminder(route: Route | null, passedSeconds: number): number | null {
  const { shares = [], minutes = [] } = route?.reminders ?? {};
  const due = [...shares.map((share) => share * DECIDE_WITHIN_SECONDS), ...minutes.map((one) => one * 60)];
  const left = due.filter((at) => at > passedSeconds && at < DECIDE_WITHIN_SECONDS);
  return left.length > 0 ? Math.min(...left) : null;
}

/** Minutes that must lie between two reminders by whoever asked, and before the first. */
export const nudgeMinutes = (route: Route | null): number => route?.reminders?.nudgeMinutes ?? NUDGE_MINUTES;

/** Minutes until whoever asked may remind those who decide, at `now`; 0 when they may. */
export function minutesToNudge(
  { route, createdAt, nudgedAt }: { route: Route | null; createdAt: Date; nudgedAt: Date | null },
  now: Date,
): number {
  const passed = (now.getTime() - (nudgedAt ?? createdAt).getTime()) / 60_000;
  return Math.max(0, Math.ceil(nudgeMinutes(route) - passed));
}
