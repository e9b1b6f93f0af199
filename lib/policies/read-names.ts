import "server-only";
import { and, asc, eq } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { dataClass } from "@/lib/catalog/classes";
import { readClasses } from "@/lib/catalog/read-classes";
import { people, personRoles } from "@/lib/db/schema/people";
import { groups } from "@/lib/db/schema/policies";
import type { PolicyNames } from "@/lib/policies/view";

/** What a policy can name: every group, everybody who may decide now, and the data classes. */
export async function readPolicyNames(ctx: Context): Promise<PolicyNames> {
  requirePermission(ctx, "policies");
  const [named, approvers, book] = await Promise.all([
    ctx.db
      .select({ id: groups.slug, name: groups.name })
      .from(groups)
      .orderBy(asc(groups.name), asc(groups.slug))
      .limit(1000),
    ctx.db
      .select({ id: people.id, name: people.name })
      .from(people)
      .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
      .where(eq(people.state, "active"))
      .orderBy(asc(people.name), asc(people.id))
      .limit(1000),
    readClasses(ctx.db),
  ]);
  const classes = book.all.map(({ id, title, sensitivity, group }) => ({
    ...{ id, title, sensitivity },
    own: dataClass(id) === undefined ? group : null,
  }));
  return { groups: named, approvers, classes };
}

/** The names by the words that policies use: short names of groups, ids of people. */
export function nameMap({
  groups: named,
  approvers,
}: Pick<PolicyNames, "groups" | "approvers">): Record<string, string> {
  return Object.fromEntries([...named, ...approvers].map(({ id, name }) => [id, name]));
}
