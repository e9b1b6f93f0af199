import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { Actor } from "@/lib/auth/actor";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles, sessions, type Role } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

export const SESSION_HOURS = 12;

/** A new session row of an active person, and who they are from now on. The id is new each time: none can be planted. */
export async function startSession(
  tx: WriteTransaction,
  personId: string,
  from: { ip: string | null; userAgent: string | null },
): Promise<{ id: string; actor: Actor }> {
  const [person] = await tx
    .select({
      id: people.id,
      name: people.name,
      roles: sql<Role[]>`(SELECT coalesce(array_agg(r.role ORDER BY r.role), '{}')
        FROM ${personRoles} r WHERE r.person_id = ${people.id})`,
    })
    .from(people)
    .where(and(eq(people.id, personId), eq(people.state, "active")))
    .for("share");
  if (!person) throw new Refusal("not-permitted");
  const [session] = await tx
    .insert(sessions)
    .values({
      personId,
      ip: from.ip,
      userAgent: from.userAgent?.slice(0, 300) ?? null,
      expiresAt: sql`clock_timestamp() + make_interval(hours => ${SESSION_HOURS})`,
    })
    .returning({ id: sessions.id });
  if (!session) throw new Error("The session was not stored.");
  return { id: session.id, actor: Actor.signedIn(person) };
}
