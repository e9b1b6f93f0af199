import "server-only";
import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { Actor } from "@/lib/auth/actor";
import type { Context, Origin } from "@/lib/auth/context";
import { sessionIdFromCookies } from "@/lib/auth/session-cookie";
import { readDatabase } from "@/lib/db/control-database";
import { people, personRoles, sessions, type Role } from "@/lib/db/schema/people";

/**
 * The context of the session that the cookies name, if its row is live and its person active; else null. Roles
 * are read at each use, so that a change counts at the next request.
 */
export async function contextOfSession(
  cookies: Record<string, string>,
  ip: string | null,
  origin?: Origin,
): Promise<Context | null> {
  const sessionId = await sessionIdFromCookies(cookies);
  if (!sessionId) return null;
  const db = readDatabase();
  const [row] = await db
    .select({
      id: people.id,
      name: people.name,
      roles: sql<Role[]>`(SELECT coalesce(array_agg(r.role ORDER BY r.role), '{}')
        FROM ${personRoles} r WHERE r.person_id = ${people.id})`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, sessionId), isLive()));
  if (!row) return null;
  const from = { channel: "console", ip, ...(origin ? { origin } : {}) } as const;
  return { actor: Actor.signedIn(row), sessionId, ...from, db };
}

/** Which of these sessions are live, each of an active person. */
export async function liveSessions(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await readDatabase()
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(inArray(sessions.id, [...new Set(ids)]), isLive()));
  return new Set(rows.map(({ id }) => id));
}

function isLive() {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, sql`clock_timestamp()`),
    eq(people.state, "active"),
  );
}
