import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { groupMembers, groups } from "@/lib/db/schema/policies";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { nameInput, versionInput } from "@/lib/people/person-input";
import type { GroupView } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";
import { noNumbersInLabel } from "@/lib/texts/free-text";

const slug = z
  .string()
  .max(40, "Use 40 characters or fewer.")
  .regex(/^[a-z0-9][a-z0-9-]*$/, "Use small letters, digits and hyphens.")
  .check(noNumbersInLabel);

export const makeGroupSchema = z.object({ slug, name: nameInput.max(60, "Use 60 characters or fewer.") });

export const changeGroupSchema = z.object({
  groupId: idInput(),
  version: versionInput,
  personIds: z.array(idInput()).max(500).default([]),
});

/** Every group with its members, by name: for admins, and for those who write policies. */
export async function listGroups(ctx: Context): Promise<GroupView[]> {
  requirePermission(ctx, "groups");
  return ctx.db
    .select({
      id: groups.id,
      slug: groups.slug,
      name: groups.name,
      version: groups.version,
      members: sql<{ id: string; name: string }[]>`(
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id), '[]')
        FROM group_members m JOIN people p ON p.id = m.person_id WHERE m.group_id = groups.id)`,
    })
    .from(groups)
    .orderBy(asc(groups.name), asc(groups.id));
}

/** Makes a group without members; its short name stays, because policies speak of it. */
export async function makeGroup(
  ctx: Context,
  input: z.infer<typeof makeGroupSchema>,
): Promise<{ id: string; name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "people");
    const [made] = await tx.insert(groups).values(input).onConflictDoNothing().returning({ id: groups.id });
    if (!made) throw new Refusal("group-exists");
    return {
      result: { id: made.id, name: input.name },
      event: { code: "group.made", details: { group: input.name } },
    };
  });
}

/**
 * Gives a group these members and no others, at once for every request that waits. Nobody puts themselves in or takes
 * themselves out (law 7), and a vote in progress is over before its voter leaves.
 */
export async function changeGroup(
  ctx: Context,
  input: z.infer<typeof changeGroupSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "people");
    const name = await moveGroup(tx, input);
    const before = await memberIds(tx, input.groupId);
    const added = [...new Set(input.personIds)].filter((id) => !before.includes(id));
    const removed = before.filter((id) => !input.personIds.includes(id));
    if ([...added, ...removed].includes(ctx.actor.personId)) throw new Refusal("own-rights");
    const names = await holdPeople(tx, [...added, ...removed]);
    if (added.some((id) => !names.has(id)))
      throw new Refusal("bad-input", { personIds: "One of these people is not here any more." });
    if (removed.length > 0)
      await tx
        .delete(groupMembers)
        .where(and(eq(groupMembers.groupId, input.groupId), inArray(groupMembers.personId, removed)));
    if (added.length > 0)
      await tx.insert(groupMembers).values(added.map((personId) => ({ groupId: input.groupId, personId })));
    const namesOf = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id);
    return {
      result: { name },
      event: {
        code: "group.changed",
        details: { group: name, added: namesOf(added), removed: namesOf(removed) },
      },
    };
  });
}

async function moveGroup(tx: WriteTransaction, seen: { groupId: string; version: number }): Promise<string> {
  const [moved] = await tx
    .update(groups)
    .set({ version: sql`${groups.version} + 1` })
    .where(and(eq(groups.id, seen.groupId), eq(groups.version, seen.version)))
    .returning({ name: groups.name });
  if (moved) return moved.name;
  const [known] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.id, seen.groupId));
  throw new Refusal(known ? "changed-meanwhile" : "not-found");
}

async function memberIds(tx: WriteTransaction, groupId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: groupMembers.personId })
    .from(groupMembers)
    .where(eq(groupMembers.groupId, groupId))
    .orderBy(asc(groupMembers.personId));
  return rows.map((row) => row.id);
}

/** Locks these people against votes that are being cast, and names them. */
export async function holdPeople(
  tx: WriteTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]))
    .orderBy(asc(people.id))
    .for("no key update");
  return new Map(rows.map((row) => [row.id, row.name]));
}
