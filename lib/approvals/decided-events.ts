import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import type { Scope } from "@/lib/grants/narrowing";
import { voterName, type StandIn, type Standing } from "@/lib/policies/standing";
import { runningEvent } from "@/lib/requests/bounds-details";
import type { FoundRequest } from "@/lib/requests/find-request";
import { requestFrame } from "@/lib/requests/request-frame";
import type { WrittenGrant } from "@/lib/requests/write-grant";

const verdictCodes = {
  approve: "request.approved",
  narrow: "request.narrowed",
  deny: "request.denied",
} as const;

/** What became of a vote. */
export type Outcome = {
  scope: Scope | null;
  ballot: { verdict: keyof typeof verdictCodes; words: string | null };
  granted: WrittenGrant | null;
  before: Standing;
  standsIn: StandIn | null;
  after: Standing | null;
  /** The hash of the receipt that it left, and the name of the passkey that signed it. */
  receipt: string;
  passkey: string | null;
};

/** The events of a vote, and of the grant whose time begins by itself. */
export function decidedEvents(
  found: FoundRequest,
  { scope, ballot, granted, before, standsIn, after, receipt, passkey }: Outcome,
): readonly [AuditEvent, ...AuditEvent[]] {
  const { request, now } = found;
  const more = after !== null && !after.done;
  const details: NonNullable<AuditEvent["details"]> = {
    viewSeconds: scope?.viewSeconds ?? 0,
    waitedSeconds: Math.round((now.getTime() - request.createdAt.getTime()) / 1000),
    ...(more || (request.route?.steps.length ?? 1) > 1 ? { step: before.step + 1 } : {}),
    ...(before.fellBack ? { fellBack: true } : {}),
    ...(standsIn ? { standsInFor: standsIn.forName, delegation: standsIn.delegationId } : {}),
    ...(more ? { verdict: ballot.verdict, next: after.people.slice(0, 20).map(voterName) } : {}),
    ...(granted ? { decidedHash: granted.decidedHash.toString("hex") } : {}),
    receipt,
    ...(passkey === null ? {} : { passkey }),
  };
  const frame = requestFrame(found, scope);
  const decided: AuditEvent = {
    ...frame,
    code: more ? "request.endorsed" : verdictCodes[ballot.verdict],
    // Whoever votes is the actor of the event; whom they stand in for is named beside them.
    ...(standsIn ? { approvers: [{ id: standsIn.forId, name: standsIn.forName }] } : {}),
    details,
    ...(granted ? { grantId: granted.id } : {}),
    ...(ballot.words === null ? {} : { reason: ballot.words }),
  };
  const running = granted && runningEvent(frame, granted, scope?.viewSeconds ?? 0);
  return running ? [decided, running] : [decided];
}
