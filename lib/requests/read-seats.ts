import "server-only";
import { and, arrayContains, asc, eq, ne, or, sql } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { escalations, requests } from "@/lib/db/schema/requests";
import type { Seated } from "@/lib/policies/seats";
import { seatArray } from "@/lib/requests/seat-array";

/**
 * Who has one of these seats at this moment: active, an approver, and not the requester. Read it inside the deciding
 * transaction (law 7). All of them: whoever were left out would lose a seat, and their step fall to others.
 */
export async function readSeated(
  db: Pick<ReadDatabase, "select">,
  requesterId: string,
  seats: readonly string[],
): Promise<Seated[]> {
  const asked = seatArray(seats);
  const held = sql<
    string[]
  >`ARRAY(SELECT s FROM unnest(seats_of(${people.id})) AS s WHERE s = ANY (${asked}) ORDER BY s)`;
  return db
    .select({ id: people.id, name: people.name, seats: held })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
    .where(
      and(eq(people.state, "active"), ne(people.id, requesterId), sql`seats_of(${people.id}) && ${asked}`),
    )
    .orderBy(asc(people.name), asc(people.id));
}

/**
 * Whether the step of this request that waits, or waited last, has a seat for this person or for somebody they stand in
 * for, or its review has, or they have voted on it.
 */
export async function isInAudience(
  db: Pick<ReadDatabase, "select">,
  requestId: string,
  personId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.id, requestId),
        ne(requests.requesterId, personId),
        or(
          sql`${requests.audience} && seats_of(${personId})`,
          sql`EXISTS (SELECT FROM reviews v WHERE v.request_id = ${requests.id} AND v.audience && seats_of(${personId}))`,
          sql`EXISTS (SELECT FROM decisions d WHERE d.request_id = ${requests.id} AND d.approver_id = ${personId})`,
          sql`EXISTS (SELECT FROM live_delegations l WHERE l.substitute_id = ${personId}
            AND l.delegator_id <> ${requests.requesterId} AND ${requests.audience} && seats_of(l.delegator_id))`,
        ),
      ),
    );
  return row !== undefined;
}

/** Whether this person was told that a step of this request has waited for its time. */
export async function wasTold(
  db: Pick<ReadDatabase, "select">,
  requestId: string,
  personId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ step: escalations.step })
    .from(escalations)
    .where(and(eq(escalations.requestId, requestId), arrayContains(escalations.toldIds, [personId])))
    .limit(1);
  return row !== undefined;
}
