import "server-only";
import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { escalations, requests } from "@/lib/db/schema/requests";
import { holdDue, readDue } from "@/lib/expiry/hold-waiting";
import { recordEach } from "@/lib/expiry/record-each";
import { policyAdmins, type Escalation } from "@/lib/policies/seats";
import { voterName } from "@/lib/policies/standing";
import type { FoundRequest } from "@/lib/requests/find-request";
import { readStanding } from "@/lib/requests/read-standing";
import { requestFrame } from "@/lib/requests/request-frame";
import { seatArray } from "@/lib/requests/seat-array";

const MOST_TOLD = 200;
const MOST_NAMED = 20;

/**
 * Tells more people of steps that have waited for their time, as the rule of each said when it was sent. Who may decide is
 * not touched: where the rule widens it, it does so by the row that is written here, once. Safe to run anywhere, at any
 * time, again. Returns how many escalated.
 */
export async function escalate(): Promise<number> {
  const ctx = systemContext();
  return recordEach(ctx, await readDue(ctx, requests.escalateAt), escalateOne);
}

async function escalateOne(tx: WriteTransaction, id: string): Promise<AuditEvent | null> {
  const found = await holdDue(tx, id, requests.escalateAt);
  if (!found) return null;
  const { request } = found;
  const before = await readStanding(tx, found);
  const { step } = before;
  const escalation = request.route?.steps[step]?.escalation;
  // Whose step has changed is rerouted, which sets the clock of the other step.
  if (step !== request.waitingStep || !escalation || found.escalated.includes(step)) return null;
  const told = await readTold(tx, request.requesterId, escalation);
  const toldIds = told.map((person) => person.id);
  await tx.insert(escalations).values({ requestId: id, step, toldIds, at: sql`clock_timestamp()` });
  const after = await readStanding(tx, { ...found, escalated: [...found.escalated, step] });
  await tx
    .update(requests)
    .set({ escalateAt: null, remindedAt: sql`clock_timestamp()`, audience: [...after.audience] })
    .where(eq(requests.id, id));
  return escalatedEvent(found, escalation, { told, step, waitsFor: before.people.map(voterName) });
}

/** Who is told: approvers with one of these seats, and policy admins where the rule names them; never whoever asked. */
async function readTold(
  tx: WriteTransaction,
  requesterId: string,
  { tell }: Escalation,
): Promise<{ id: string; name: string }[]> {
  const rules = tell.includes(policyAdmins);
  return tx
    .selectDistinct({ id: people.id, name: people.name })
    .from(people)
    .innerJoin(personRoles, eq(personRoles.personId, people.id))
    .where(
      and(
        eq(people.state, "active"),
        ne(people.id, requesterId),
        inArray(personRoles.role, ["approver", ...(rules ? (["policy_admin"] as const) : [])]),
        sql`(${personRoles.role} = 'policy_admin' OR seats_of(${people.id}) && ${seatArray(tell)})`,
      ),
    )
    .orderBy(asc(people.name), asc(people.id))
    .limit(MOST_TOLD);
}

function escalatedEvent(
  found: FoundRequest,
  { afterMinutes, mayDecide }: Escalation,
  {
    told,
    step,
    waitsFor,
  }: { told: readonly { id: string; name: string }[]; step: number; waitsFor: readonly string[] },
): AuditEvent {
  return {
    ...requestFrame(found, null),
    code: "request.escalated",
    approvers: told.slice(0, MOST_NAMED),
    details: {
      ...{ step: step + 1, afterMinutes, mayDecide, told: told.length },
      waitsFor: waitsFor.slice(0, MOST_NAMED),
    },
  };
}
