import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import { holdClasses } from "@/lib/catalog/read-classes";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { owners } from "@/lib/db/schema/policies";
import { idInput, oneId } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { holdPeople } from "@/lib/people/groups";
import type { Owned, OwnerView } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";

export const setOwnersSchema = z.object({
  kind: z.enum(["table", "class"]),
  /** The id of the table, or of the data class. */
  subject: z.string().min(1).max(120),
  personIds: z.array(idInput()).max(50).default([]),
  /** The owners as they were seen: of two changes at once, the later one is told. */
  seenIds: z.array(idInput()).max(50).default([]),
});

/** Who owns what, tables and classes, in a fixed order: for admins, and for those who write policies. */
export async function listOwners(ctx: Context): Promise<OwnerView[]> {
  requirePermission(ctx, "groups");
  return ctx.db
    .select({ kind: owners.kind, subject: owners.subject, person: { id: people.id, name: people.name } })
    .from(owners)
    .innerJoin(people, eq(people.id, owners.personId))
    .orderBy(asc(owners.kind), asc(owners.subject), asc(people.name), asc(people.id))
    .limit(5000);
}

/** The tables of all sources that are there, to choose from; for admins. */
export async function listOwnableTables(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx, "people");
  return ctx.db
    .select({
      id: catalogTables.id,
      name: sql<string>`${sources.name} || ': ' || ${catalogTables.schema} || '.' || ${catalogTables.name}`,
    })
    .from(catalogTables)
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .orderBy(asc(sources.name), asc(catalogTables.schema), asc(catalogTables.name), asc(catalogTables.id))
    .limit(2000);
}

/** Owners gathered by what they own; what is not among the subjects any more is called by its id. */
export function owned(
  rows: readonly OwnerView[],
  subjects: Record<OwnerView["kind"], readonly { id: string; name: string }[]>,
): Owned[] {
  const firsts = rows.filter((row, at) => rows.findIndex((one) => isSame(one, row)) === at);
  return firsts.map((first) => {
    const { kind, subject } = first;
    const name = subjects[kind].find(({ id }) => id === subject)?.name ?? subject;
    const owners = rows.filter((row) => isSame(row, first)).map(({ person }) => person);
    return { kind, subject, name, owners };
  });
}

const isSame = (one: OwnerView, other: OwnerView) => one.kind === other.kind && one.subject === other.subject;

/**
 * Gives a table or a data class these owners and no others, if those before are the ones that were seen; nobody makes
 * themselves one (law 7).
 */
export async function setOwners(ctx: Context, input: z.infer<typeof setOwnersSchema>): Promise<void> {
  const { kind, subject } = input;
  await recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "people");
    const name = await nameOf(tx, kind, subject);
    const rows = await tx
      .select({ id: owners.personId })
      .from(owners)
      .where(and(eq(owners.kind, kind), eq(owners.subject, subject)));
    const before = rows.map((row) => row.id);
    if (!sameIds(before, input.seenIds)) throw new Refusal("changed-meanwhile");
    const added = [...new Set(input.personIds)].filter((id) => !before.includes(id));
    const removed = before.filter((id) => !input.personIds.includes(id));
    if ([...added, ...removed].includes(ctx.actor.personId)) throw new Refusal("own-rights");
    const names = await holdPeople(tx, [...added, ...removed]);
    if (added.some((id) => !names.has(id)))
      throw new Refusal("bad-input", { personIds: "One of these people is not here any more." });
    if (removed.length > 0)
      await tx
        .delete(owners)
        .where(and(eq(owners.kind, kind), eq(owners.subject, subject), inArray(owners.personId, removed)));
    if (added.length > 0)
      await tx.insert(owners).values(added.map((personId) => ({ kind, subject, personId })));
    const namesOf = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id);
    const details = { of: name, kind, added: namesOf(added), removed: namesOf(removed) };
    return { result: undefined, event: { code: "owners.changed", details } };
  });
}

const sameIds = (one: readonly string[], other: readonly string[]) =>
  new Set([...one, ...other]).size === one.length && one.length === new Set(other).size;

async function nameOf(tx: WriteTransaction, kind: "table" | "class", subject: string): Promise<string> {
  if (kind === "class") {
    const known = (await holdClasses(tx)).get(subject);
    if (!known) throw new Refusal("not-found");
    return known.title;
  }
  // It is kept as a text: of one table there is one name.
  if (oneId.safeParse(subject).data !== subject) throw new Refusal("not-found");
  const [table] = await tx
    .select({ schema: catalogTables.schema, name: catalogTables.name })
    .from(catalogTables)
    .where(eq(catalogTables.id, subject));
  if (!table) throw new Refusal("not-found");
  return `${table.schema}.${table.name}`;
}
