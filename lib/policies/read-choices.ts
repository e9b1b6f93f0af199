import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people, personRoles, roles } from "@/lib/db/schema/people";
import { readPolicyNames } from "@/lib/policies/read-names";
import type { PolicyChoices, Requesters } from "@/lib/policies/view";

/** All that a policy can speak of, to choose from: groups, approvers, purposes, data classes and tables. */
export async function readPolicyChoices(
  ctx: Context,
  purposes: Readonly<Record<string, string>>,
): Promise<PolicyChoices> {
  requirePermission(ctx, "policies");
  const [names, tables] = await Promise.all([readPolicyNames(ctx), readTables(ctx)]);
  return {
    ...names,
    purposes: Object.entries(purposes).map(([id, words]) => ({ id, words })),
    tables,
    roles,
  };
}

/** Everybody who may send a request now, with what a policy knows of them by name. */
export async function readRequesters(ctx: Context): Promise<Requesters> {
  requirePermission(ctx, "policies");
  return ctx.db
    .select({
      id: people.id,
      name: people.name,
      roles: sql<
        string[]
      >`ARRAY(SELECT r.role FROM person_roles r WHERE r.person_id = ${people.id} ORDER BY r.role)`,
      groups: sql<string[]>`ARRAY(SELECT g.slug FROM groups g JOIN group_members m ON m.group_id = g.id
        WHERE m.person_id = ${people.id} ORDER BY g.slug)`,
    })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "agent")))
    .where(eq(people.state, "active"))
    .orderBy(asc(people.name), asc(people.id))
    .limit(1000);
}

async function readTables(ctx: Context): Promise<PolicyChoices["tables"]> {
  return ctx.db
    .select({
      id: catalogTables.id,
      source: sources.slug,
      schema: catalogTables.schema,
      name: catalogTables.name,
    })
    .from(catalogTables)
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(isNull(catalogTables.goneAt))
    .orderBy(asc(sources.slug), asc(catalogTables.schema), asc(catalogTables.name))
    .limit(2000);
}
