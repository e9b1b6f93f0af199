import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/hash-password";
import { inTurn } from "@/lib/auth/in-turn";
import { passwordComplaint } from "@/lib/auth/new-password";
import { replaceSession } from "@/lib/auth/end-session";
import { startSession } from "@/lib/auth/start-session";
import { people, personRoles } from "@/lib/db/schema/people";
import { hasAdmin, onePeopleChange } from "@/lib/people/admins";
import { isKnownZone } from "@/lib/people/known-zone";
import { lookAtLink, takeLink } from "@/lib/people/one-time-link";
import { emailInput, nameInput, timeZoneInput } from "@/lib/people/person-input";
import { Refusal } from "@/lib/refusal";

export const firstAdminSchema = z
  .object({
    token: z.string().max(100),
    name: nameInput,
    email: emailInput,
    password: z.string().max(1000),
    timeZone: timeZoneInput.default("UTC"),
    userAgent: z.string().nullable().default(null),
  })
  .superRefine(({ password, email, name }, check) => {
    const message = passwordComplaint(password, { email, name });
    if (message) check.addIssue({ code: "custom", path: ["password"], message });
  });

/** Whether this is the link that was printed at the start, and there is still no admin. Does not use it up. */
export async function findFirstAdminLink(ctx: Pick<Context, "db">, token: string): Promise<boolean> {
  return (await lookAtLink(ctx, "first-admin", token)) !== null && !(await hasAdmin(ctx.db));
}

/** Makes the first admin of whoever holds the link that was printed at the start, and signs them in; never a second one. */
export async function makeFirstAdmin(
  ctx: Context,
  input: z.infer<typeof firstAdminSchema>,
): Promise<{ sessionId: string }> {
  const passwordHash = await inTurn(() => hashPassword(input.password));
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await takeLink(tx, "first-admin", input.token);
    if (await hasAdmin(tx)) throw new Refusal("link-invalid");
    const { email, name } = input;
    const timeZone = (await isKnownZone(tx, input.timeZone)) ? input.timeZone : "UTC";
    const [person] = await tx
      .insert(people)
      .values({ email, name, timeZone, passwordHash, state: "active" })
      .onConflictDoNothing()
      .returning({ id: people.id });
    if (!person) throw new Refusal("bad-input", { email: "Somebody has this address already." });
    await tx.insert(personRoles).values({ personId: person.id, role: "admin" });
    const session = await startSession(tx, person.id, { ip: ctx.ip, userAgent: input.userAgent });
    const { grants } = await replaceSession(tx, ctx.sessionId);
    return {
      result: { sessionId: session.id },
      event: [{ code: "person.first_admin_made" }, { code: "auth.signed_in" }, ...grants],
      as: { ...ctx, actor: session.actor, sessionId: session.id },
    };
  });
}
