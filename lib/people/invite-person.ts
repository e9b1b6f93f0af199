import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { endAccess } from "@/lib/grants/end-access";
import { idInput } from "@/lib/id-input";
import { holdAdmin, onePeopleChange } from "@/lib/people/admins";
import { makeLink } from "@/lib/people/one-time-link";
import { emailInput, managerInput, nameInput, rolesInput } from "@/lib/people/person-input";
import { Refusal } from "@/lib/refusal";

export const inviteSchema = z.object({
  email: emailInput,
  name: nameInput,
  roles: rolesInput.refine((roles) => roles.length > 0, "Choose at least one role."),
  manager: managerInput.default(null),
});

export type Invited = { name: string; link: string };

/** Adds somebody who cannot sign in before they have used the one-time link; the link is returned this once. */
export async function invitePerson(ctx: Context, input: z.infer<typeof inviteSchema>): Promise<Invited> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "people");
    if (input.manager) await refuseMissing(tx, input.manager);
    const [person] = await tx
      .insert(people)
      .values({ email: input.email, name: input.name, managerId: input.manager })
      .onConflictDoNothing()
      .returning({ id: people.id });
    if (!person) throw new Refusal("bad-input", { email: "Somebody has this address already." });
    await tx.insert(personRoles).values(input.roles.map((role) => ({ personId: person.id, role })));
    return {
      result: { name: input.name, link: await makeLink(tx, "invite", person.id) },
      event: {
        code: "person.invited",
        subject: { id: person.id, name: input.name },
        details: { roles: [...input.roles].sort() },
      },
    };
  });
}

export const personSchema = z.object({ personId: idInput() });

/**
 * A new one-time link for somebody who has not come yet or cannot sign in; it replaces the one before. Whoever holds it
 * can take the account over: what its owner was granted and waits for ends here, and they are told who made it.
 */
export async function makeNewLink(ctx: Context, input: z.infer<typeof personSchema>): Promise<Invited> {
  return recorded(ctx, async (tx) => {
    await holdAdmin(tx, ctx, input.personId);
    const [person] = await tx
      .select({ id: people.id, name: people.name, state: people.state })
      .from(people)
      .where(and(eq(people.id, input.personId), inArray(people.state, ["invited", "active"])))
      // Against a decision or a reveal of theirs at the same moment: it comes before, or finds its seat ended.
      .for("update");
    if (!person) throw new Refusal("not-found");
    const isReset = person.state === "active";
    const ended = isReset ? await endAccess(tx, { holderId: person.id }, "password-link") : null;
    const link = await makeLink(tx, "invite", person.id, isReset ? ctx.actor.personId : null);
    const details = { newPassword: isReset, grants: ended?.grants ?? 0, requests: ended?.requests ?? 0 };
    return {
      result: { name: person.name, link },
      event: [
        { code: "person.link_made", subject: { id: person.id, name: person.name }, details },
        ...(ended?.events ?? []),
      ],
    };
  });
}

async function refuseMissing(tx: WriteTransaction, managerId: string): Promise<void> {
  const [manager] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, managerId), inArray(people.state, ["invited", "active"])));
  if (!manager) throw new Refusal("bad-input", { manager: "This person is not here any more." });
}
