import "server-only";
import { and, arrayContains, arrayOverlaps, asc, eq, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import { lastReset } from "@/lib/approvals/seat";
import type { Context } from "@/lib/auth/context";
import { liveDelegations } from "@/lib/db/schema/delegations";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";

/** The seats of somebody, and those of everybody they stand in for at this moment. */
export type OwnSeats = {
  seats: readonly string[];
  standsIn: readonly { id: string; name: string; seats: readonly string[] }[];
};

/** Read apart, so that the planner knows which seats are meant and picks the index by how common they are. */
export async function readSeatsOf(ctx: Context): Promise<OwnSeats> {
  const me = ctx.actor.personId;
  const [[own], standsIn] = await Promise.all([
    ctx.db
      .select({ seats: sql<string[]>`seats_of(${people.id})` })
      .from(people)
      .where(eq(people.id, me)),
    ctx.db
      .select({ id: people.id, name: people.name, seats: sql<string[]>`seats_of(${people.id})` })
      .from(liveDelegations)
      .innerJoin(people, eq(people.id, liveDelegations.delegatorId))
      .where(eq(liveDelegations.substituteId, me))
      .orderBy(asc(people.name), asc(people.id)),
  ]);
  return { seats: own?.seats ?? [], standsIn };
}

/** Requests that this person may decide now: never their own, nor of whom they stand in for there. */
export function waitingFor(ctx: Context, { seats, standsIn }: OwnSeats): SQL | undefined {
  const me = ctx.actor.personId;
  return and(
    eq(requests.state, "pending"),
    sql`${requests.expiresAt} > clock_timestamp()`,
    ne(requests.requesterId, me),
    or(bySeat(me, seats), ...standsIn.map(bySubstitution)),
    notTaken(me),
    sql`${requests.createdAt} > coalesce(${lastReset(me)}, '-infinity')`,
  );
}

/** For whom they would decide it: the name of whoever has the seat; null where it is their own. */
export function forWhom(ctx: Context, { seats, standsIn }: OwnSeats): SQL<string | null> {
  if (standsIn.length === 0) return sql<null>`NULL`;
  const cases = standsIn.map((one) => sql`WHEN ${bySubstitution(one)} THEN ${one.name}::text`);
  return sql<
    string | null
  >`CASE WHEN ${bySeat(ctx.actor.personId, seats)} THEN NULL ${sql.join(cases, sql` `)} END`;
}

/** Those of before there were steps name their people. */
function bySeat(personId: string, seats: readonly string[]): SQL | undefined {
  return or(
    arrayOverlaps(requests.audience, [...seats]),
    and(isNull(requests.audience), arrayContains(requests.eligibleIds, [personId])),
  );
}

function bySubstitution({ id, seats }: { id: string; seats: readonly string[] }): SQL | undefined {
  return and(
    bySeat(id, seats),
    ne(requests.requesterId, id),
    notTaken(id),
    sql`${requests.createdAt} > coalesce(${lastReset(id)}, '-infinity')`,
  );
}

/** They have not voted, nor has anybody for them under a delegation that counts. */
function notTaken(personId: string): SQL {
  return sql`NOT EXISTS (SELECT FROM decisions d WHERE d.request_id = ${requests.id} AND (d.approver_id = ${personId}
    OR (d.for_id = ${personId} AND EXISTS (SELECT FROM live_delegations l WHERE l.id = d.delegation_id))))`;
}
