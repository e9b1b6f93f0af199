import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Route } from "@/lib/policies/seats";
import { minutesToEscalation, nextReminder } from "@/lib/requests/waiting";

/** What the row of a request says from the moment at which this step begins to wait: its time runs from now. */
export function startStep(
  route: Route | null,
  step: number,
  escalated: readonly number[],
): { waitingStep: number; escalateAt: SQL | null } {
  const minutes = minutesToEscalation(route, step, escalated);
  return {
    waitingStep: step,
    escalateAt: minutes === null ? null : sql`clock_timestamp() + make_interval(mins => ${minutes})`,
  };
}

/** What the row of a request says when it is sent and its first step begins to wait. */
export function startWaiting(
  route: Route,
  step: number,
): { waitingStep: number; escalateAt: SQL | null; remindAt: SQL | null } {
  const seconds = nextReminder(route, 0);
  return {
    ...startStep(route, step, []),
    remindAt: seconds === null ? null : sql`clock_timestamp() + make_interval(secs => ${seconds})`,
  };
}
