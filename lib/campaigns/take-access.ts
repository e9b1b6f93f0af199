import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { ownedWords, type AccessPart } from "@/lib/campaigns/access";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, type Role } from "@/lib/db/schema/people";
import { groupMembers, groups, owners } from "@/lib/db/schema/policies";
import { loseRoles } from "@/lib/people/lose-roles";

type Whom = { id: string; name: string };

/** All that gives this person a right at this moment. Call with `onePeopleChange` held to read it for a decision. */
export async function readAccess(tx: WriteTransaction, personId: string): Promise<AccessPart[]> {
  const [row] = await tx.execute<{ access: AccessPart[] }>(sql`SELECT access_of(${personId}) AS access`);
  return row?.access ?? [];
}

/**
 * Takes these parts of somebody's access, at once, with all that stood on them; never gives any. Refuses to take the last
 * admin. Call with `onePeopleChange` held. Returns the events: those that admins leave when they do the same, and those of
 * the grants, requests and delegations that end.
 */
export async function takeAccess(
  tx: WriteTransaction,
  whom: Whom,
  parts: readonly AccessPart[],
): Promise<AuditEvent[]> {
  if (parts.length === 0) return [];
  // Their row is held: no vote, request or reveal of theirs is decided on until this is over.
  await tx
    .update(people)
    .set({ version: sql`${people.version} + 1` })
    .where(eq(people.id, whom.id));
  const roles = parts.filter(({ kind }) => kind === "role").map(({ id }) => id as Role);
  const ended = await loseRoles(tx, whom.id, roles);
  const left: AuditEvent[] =
    roles.length === 0
      ? []
      : [{ code: "person.roles_changed", subject: whom, details: { added: [], removed: roles } }];
  return [...left, ...(await leaveGroups(tx, whom, parts)), ...(await disown(tx, whom, parts)), ...ended];
}

async function leaveGroups(
  tx: WriteTransaction,
  whom: Whom,
  parts: readonly AccessPart[],
): Promise<AuditEvent[]> {
  const ids = parts.filter(({ kind }) => kind === "group").map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx
    .delete(groupMembers)
    .where(and(eq(groupMembers.personId, whom.id), inArray(groupMembers.groupId, ids)));
  const changed = await tx
    .update(groups)
    .set({ version: sql`${groups.version} + 1` })
    .where(inArray(groups.id, ids))
    .returning({ name: groups.name });
  return changed.map(({ name }) => ({
    code: "group.changed",
    subject: whom,
    details: { group: name, added: [], removed: [whom.name] },
  }));
}

async function disown(tx: WriteTransaction, whom: Whom, parts: readonly AccessPart[]): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (const part of parts) {
    const { kind, id } = part;
    if (kind !== "table" && kind !== "class") continue;
    await tx
      .delete(owners)
      .where(and(eq(owners.kind, kind), eq(owners.subject, id), eq(owners.personId, whom.id)));
    const details = { of: ownedWords(part), kind, added: [], removed: [whom.name] };
    events.push({ code: "owners.changed", subject: whom, details });
  }
  return events;
}
