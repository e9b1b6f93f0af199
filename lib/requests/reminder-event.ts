import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import { voterName, type Standing } from "@/lib/policies/standing";
import type { FoundRequest } from "@/lib/requests/find-request";
import { requestFrame } from "@/lib/requests/request-frame";

const MOST_NAMED = 20;

/** The event of a reminder: who was reminded of what, because so much time has passed or whoever asked wished it. */
export function reminderEvent(
  found: FoundRequest,
  { people, step }: Pick<Standing, "people" | "step">,
  why: "time" | "nudge",
): AuditEvent {
  const { request, now } = found;
  return {
    ...requestFrame(found, null),
    code: "request.reminded",
    approvers: people.slice(0, MOST_NAMED).map((one) => ({ id: one.id, name: voterName(one) })),
    details: {
      why,
      step: step + 1,
      waitedSeconds: Math.round((now.getTime() - request.createdAt.getTime()) / 1000),
      reminded: people.length,
    },
  };
}
