import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { personRoles, type Role } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { holdAdmin } from "@/lib/people/admins";
import { loseRoles } from "@/lib/people/lose-roles";
import { movePerson } from "@/lib/people/move-person";
import { rolesInput, versionInput } from "@/lib/people/person-input";
import { readRoles } from "@/lib/people/read-roles";

export const changeRolesSchema = z.object({ personId: idInput(), version: versionInput, roles: rolesInput });

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
    const ended = await loseRoles(tx, input.personId, removed);
    if (added.length > 0)
      await tx.insert(personRoles).values(added.map((role) => asRow(input.personId, role)));
    return {
      result: { name: person.name },
      event: [{ code: "person.roles_changed", subject: person, details: { added, removed } }, ...ended],
    };
  });
}

const asRow = (personId: string, role: Role) => ({ personId, role });
