import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { people, personRoles, sessions, type Role } from "@/lib/db/schema/people";
import { grants } from "@/lib/db/schema/requests";
import { whyClosed, type Coverage } from "@/lib/grants/coverage";
import { msLeft } from "@/lib/grants/grant";
import { Refusal } from "@/lib/refusal";

/**
 * Looks once more, after the raw values were read and before they leave: the clock, the grant, and whether its
 * holder is still signed in and permitted (law 4). Returns the milliseconds that are left.
 */
export async function stillLive(ctx: Context, coverage: Coverage): Promise<number> {
  const [row] = await ctx.db
    .select({
      state: grants.state,
      activateBy: grants.activateBy,
      endsAt: grants.endsAt,
      now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy),
      sessionId: sessions.id,
      roles: sql<Role[]>`ARRAY(SELECT r.role FROM ${personRoles} r WHERE r.person_id = ${people.id})`,
    })
    .from(grants)
    .innerJoin(people, and(eq(people.id, grants.holderId), eq(people.state, "active")))
    .leftJoin(
      sessions,
      and(
        eq(sessions.id, sql`${ctx.sessionId}`),
        eq(sessions.personId, people.id),
        isNull(sessions.endedAt),
        sql`${sessions.expiresAt} > clock_timestamp()`,
      ),
    )
    .where(eq(grants.id, coverage.grantId));
  if (!row || row.sessionId === null || !rolesAllow(row.roles, "reveal")) throw new Refusal("not-permitted");
  const closed = whyClosed(row);
  if (closed) throw closed;
  return msLeft(row, row.now);
}
