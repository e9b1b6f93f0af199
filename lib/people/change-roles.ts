import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { personRoles, type Role } from "@/lib/db/schema/people";
import { endAccess } from "@/lib/grants/end-access";
import { holdAdmin, refuseLastAdmin } from "@/lib/people/admins";
import { endDelegationsOf } from "@/lib/people/end-delegations";
import { movePerson } from "@/lib/people/move-person";
import { rolesInput, versionInput } from "@/lib/people/person-input";
import { readRoles } from "@/lib/people/read-roles";

export const changeRolesSchema = z.object({ personId: z.uuid(), version: versionInput, roles: rolesInput });

/**
 * Gives somebody else these roles and no others, at once: whoever loses the agent role loses open grants and
 * waiting requests in the same transaction, and whoever loses the approver role their delegations.
 */
export async function changeRoles(
  ctx: Context,
  input: z.infer<typeof changeRolesSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdAdmin(tx, ctx, input.personId);
    const person = await movePerson(tx, input, {});
    const before = await readRoles(tx, input.personId);
    const added = input.roles.filter((role) => !before.includes(role));
    const removed = before.filter((role) => !input.roles.includes(role));
    if (removed.includes("admin")) await refuseLastAdmin(tx, input.personId);
    if (removed.length > 0) {
      await tx
        .delete(personRoles)
        .where(and(eq(personRoles.personId, input.personId), inArray(personRoles.role, removed)));
    }
    if (added.length > 0)
      await tx.insert(personRoles).values(added.map((role) => asRow(input.personId, role)));
    const ended = removed.includes("agent")
      ? await endAccess(tx, { holderId: input.personId }, "role-lost")
      : null;
    const uncovered = removed.includes("approver")
      ? await endDelegationsOf(tx, input.personId, "role-lost")
      : [];
    return {
      result: { name: person.name },
      event: [
        { code: "person.roles_changed", subject: person, details: { added, removed } },
        ...(ended?.events ?? []),
        ...uncovered,
      ],
    };
  });
}

const asRow = (personId: string, role: Role) => ({ personId, role });
