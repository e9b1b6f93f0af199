import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles, type Role } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

/** Refuses unless the roles read with this request's session carry the permission. For reads. */
export function requirePermission(ctx: Context, permission: Permission): void {
  if (!rolesAllow(ctx.actor.roles, permission)) throw new Refusal("not-permitted");
}

/**
 * Reads the person's state and roles inside the transaction and holds them until it ends, so that nobody is
 * disabled or demoted between the check and the deed (law 7). Returns the roles as they stand.
 */
export async function holdPermission(
  tx: WriteTransaction,
  ctx: Context,
  permission: Permission,
): Promise<Role[]> {
  const roles = await holdRoles(tx, ctx.actor.personId);
  if (!rolesAllow(roles, permission)) throw new Refusal("not-permitted");
  return roles;
}

/** The roles of an active person, their row locked against change; none for anybody else. */
export async function holdRoles(tx: WriteTransaction, personId: string): Promise<Role[]> {
  const [person] = await tx
    .select({ state: people.state })
    .from(people)
    .where(eq(people.id, personId))
    .for("share");
  if (person?.state !== "active") return [];
  // A second statement: the first one's snapshot is older than the demotion it may have waited for.
  const held = await tx
    .select({ role: personRoles.role })
    .from(personRoles)
    .where(eq(personRoles.personId, personId))
    .orderBy(asc(personRoles.role));
  return held.map(({ role }) => role);
}
