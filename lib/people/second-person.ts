import "server-only";
import { eq, sql, type SQL } from "drizzle-orm";
import { readLastReset } from "@/lib/approvals/seat";
import type { Context } from "@/lib/auth/context";
import { permissions, type Permission } from "@/lib/auth/permissions";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

/** How long a new account or password is watched before it counts as somebody of their own, in days. */
const WATCHED_DAYS = 7;

type Seat = {
  /** The first person: who proposed it, or whom it is about. */
  first: string;
  /** When it began, by the database clock. */
  since: Date;
  /** What lets the second person decide it. */
  permission: Permission;
};

/**
 * Refuses whoever may be the first person under another name (law 7): an account, role or password that came after the
 * proposal, or from one of the two to the other, or to both from the same admin within a week before it. Call inside the
 * deciding transaction, after `holdPermission`, which holds the row that a link for a new password waits for.
 */
export async function requireSecondPerson(tx: WriteTransaction, ctx: Context, seat: Seat): Promise<void> {
  await refuseLate(tx, ctx, seat);
  const [one, other] = [seat.first, ctx.actor.personId];
  const gifts = giftsTo(seat, other);
  const [row] = await tx.execute<{ given: boolean; twin: boolean }>(sql`
    WITH gifts AS MATERIALIZED (${gifts})
    SELECT EXISTS (SELECT FROM gifts WHERE giver = ${one} AND taker = ${other}
        OR giver = ${other} AND taker = ${one} AND made) AS given,
      EXISTS (SELECT FROM gifts a JOIN gifts b USING (giver) WHERE a.taker = ${one} AND b.taker = ${other}
        AND a.made AND b.made
        AND greatest(a.at, b.at) > ${seat.since.toISOString()}::timestamptz - make_interval(days => ${WATCHED_DAYS})) AS twin`);
  if (row?.given !== false) throw new Refusal("second-given");
  if (row.twin) throw new Refusal("second-twin");
}

/**
 * `requireSecondPerson` for a judgement about somebody, which nobody can ask for again: what came after it began ends no
 * seat for longer than a week, and that the judge let the person in is no reason against it.
 */
export async function requireOtherJudge(tx: WriteTransaction, ctx: Context, seat: Seat): Promise<void> {
  const { at } = await watchedSince(tx, seat.since);
  await refuseLate(tx, ctx, { ...seat, since: at });
  const [row] = await tx.execute<{ given: boolean }>(sql`
    SELECT EXISTS (SELECT FROM (${giftsTo(seat, ctx.actor.personId)}) AS gifts
      WHERE giver = ${seat.first} AND taker = ${ctx.actor.personId}) AS given`);
  if (row?.given !== false) throw new Refusal("second-given");
}

async function refuseLate(tx: WriteTransaction, ctx: Context, { since, permission }: Seat): Promise<void> {
  const resetAt = await readLastReset(tx, ctx.actor.personId);
  if (resetAt !== null && resetAt >= since) throw new Refusal("second-reset");
  const before = sql`< ${since.toISOString()}::timestamptz`;
  const [me] = await tx
    .select({
      was: sql<boolean>`${people.createdAt} ${before} AND EXISTS (SELECT FROM person_roles r
        WHERE r.person_id = ${people.id} AND r.role IN ${[...permissions[permission]]} AND r.granted_at ${before})`,
    })
    .from(people)
    .where(eq(people.id, ctx.actor.personId));
  if (!me?.was) throw new Refusal("second-late");
}

async function watchedSince(tx: WriteTransaction, since: Date): Promise<{ at: Date }> {
  const watched = sql`clock_timestamp() - make_interval(days => ${WATCHED_DAYS})`;
  const [row] = await tx
    .select({
      at: sql<Date>`greatest(${since.toISOString()}::timestamptz, ${watched})`.mapWith(people.createdAt),
    })
    .from(sql`(SELECT) AS nothing`);
  if (!row) throw new Error("The database told no time.");
  return row;
}

/** Who gave these two what could make one of them a puppet; `made` where it was the account or a password. */
function giftsTo({ first, permission }: Seat, second: string): SQL {
  return sql`
    SELECT e.actor_id AS giver, (said #>> '{subject,id}')::uuid AS taker, e.occurred_at AS at,
      e.code <> 'person.roles_changed' AS made
    FROM audit_events e CROSS JOIN LATERAL (SELECT e.entry::jsonb AS said) AS entry
    WHERE e.code IN ('person.invited', 'person.link_made', 'person.roles_changed')
      AND e.actor_id IS NOT NULL AND said #>> '{subject,id}' IN (${first}, ${second})
      AND (e.code <> 'person.roles_changed' OR EXISTS (
        SELECT FROM jsonb_array_elements_text(said #> '{details,added}') AS added (role)
        WHERE added.role IN ${[...permissions[permission]]}))
    UNION ALL
    SELECT l.reset_by_id, l.person_id, l.created_at, true FROM one_time_links l
    WHERE l.reset_by_id IS NOT NULL AND l.person_id IN (${first}, ${second})`;
}
