import type { AuditEvent } from "@/lib/audit/event";
import type { EventCode } from "@/lib/audit/codes";

/** The channel of the control database on which instances tell each other who should look again. */
export const lookChannel = "glimpse_look";

/** Whom events concern: these people, and those who ask for, hold or decide these requests. */
export type Concerned = {
  people: readonly string[];
  requests: readonly string[];
  /** Whether it may concern every approver: who decides has changed. */
  deciders: boolean;
};

const ofRequests = /^(request|grant|emergency|review)\.(?!refused)/;
const ofSessions: ReadonlySet<EventCode> = new Set([
  "auth.signed_out",
  "auth.session_ended",
  "auth.password_changed",
  "person.roles_changed",
  "person.manager_changed",
  "person.disabled",
  "person.enabled",
]);
const ofBoth: ReadonlySet<EventCode> = new Set(["delegation.made", "delegation.ended"]);

const ofDeciders: ReadonlySet<EventCode> = new Set(["group.changed", "owners.changed", "policy.activated"]);

/** Who has something new to see after these events; `actorId` is whose sessions they changed when they name nobody. */
export function concernedBy(events: readonly AuditEvent[], actorId: string | null): Concerned {
  const people = events
    .filter(({ code }) => ofSessions.has(code))
    .map(({ subject }) => subject?.id ?? actorId)
    .filter((id) => id !== null);
  const both = events
    .filter(({ code }) => ofBoth.has(code))
    .flatMap(({ subject, approvers }) => [subject?.id, ...(approvers ?? []).map(({ id }) => id)])
    .filter((id) => id !== undefined);
  const requests = events
    .filter(({ code }) => ofRequests.test(code))
    .map(({ requestId }) => requestId)
    .filter((id) => id !== undefined);
  const deciders = events.some(({ code }) => ofDeciders.has(code));
  return { people: [...new Set([...people, ...both])], requests: [...new Set(requests)], deciders };
}

/** The people that a message names; what is no id is left out. */
export function peopleNamed(message: string): string[] {
  return message.split(",").filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
}
