import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { endSessionsOf, replaceSession } from "@/lib/auth/end-session";
import { forgetFailures } from "@/lib/auth/failure-counts";
import { hashPassword } from "@/lib/auth/hash-password";
import { inTurn } from "@/lib/auth/in-turn";
import { passwordComplaint } from "@/lib/auth/new-password";
import { startSession } from "@/lib/auth/start-session";
import { people } from "@/lib/db/schema/people";
import { endAccess } from "@/lib/grants/end-access";
import { isKnownZone } from "@/lib/people/known-zone";
import { lookAtLink, takeLink } from "@/lib/people/one-time-link";
import { nameInput, timeZoneInput } from "@/lib/people/person-input";
import { readRoles } from "@/lib/people/read-roles";
import type { InvitedPerson } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";

export const acceptSchema = z.object({
  token: z.string().max(100),
  name: nameInput,
  password: z.string().max(1000),
  timeZone: timeZoneInput.default("UTC"),
  userAgent: z.string().nullable().default(null),
});

/** Who a link that still works is for; null for any other link. Does not use it up. */
export async function readInvitation(ctx: Pick<Context, "db">, token: string): Promise<InvitedPerson | null> {
  const link = await lookAtLink(ctx, "invite", token);
  if (!link?.personId) return null;
  const [person] = await ctx.db
    .select({ id: people.id, name: people.name, email: people.email, state: people.state })
    .from(people)
    .where(and(eq(people.id, link.personId), inArray(people.state, ["invited", "active"])));
  if (!person) return null;
  const { name, email, state } = person;
  return { name, email, isNew: state === "invited", roles: await readRoles(ctx.db, person.id) };
}

/** Sets the password of whoever holds the link, ends all that they held and signs them in; works once. */
export async function acceptInvitation(
  ctx: Context,
  input: z.infer<typeof acceptSchema>,
): Promise<{ sessionId: string }> {
  const known = await readInvitation(ctx, input.token);
  if (!known) throw new Refusal("link-invalid");
  const complaint = passwordComplaint(input.password, { email: known.email, name: input.name });
  if (complaint) throw new Refusal("bad-input", { password: complaint });
  const passwordHash = await inTurn(() => hashPassword(input.password));
  return recorded(ctx, async (tx) => {
    const personId = await takeLink(tx, "invite", input.token);
    const [person] = await tx
      .update(people)
      .set({
        name: input.name,
        // What the browser said, where the database knows it too.
        timeZone: (await isKnownZone(tx, input.timeZone)) ? input.timeZone : "UTC",
        passwordHash,
        state: "active",
        version: sql`${people.version} + 1`,
      })
      .where(and(eq(people.id, personId ?? ""), inArray(people.state, ["invited", "active"])))
      .returning({ id: people.id, email: people.email });
    if (!person) throw new Refusal("link-invalid");
    // Whoever made the link may be the one who uses it: they get nothing that was granted meanwhile.
    const ended = await endAccess(tx, { holderId: person.id }, "password-link");
    const over = await endSessionsOf(tx, person.id, "password-changed");
    await forgetFailures(tx, person.email);
    const session = await startSession(tx, person.id, { ip: ctx.ip, userAgent: input.userAgent });
    const replaced = await replaceSession(tx, ctx.sessionId);
    return {
      result: { sessionId: session.id },
      event: [
        { code: known.isNew ? "person.joined" : "auth.password_changed" },
        { code: "auth.signed_in" },
        ...[...ended.events, ...over.grants, ...replaced.grants],
      ],
      as: { ...ctx, actor: session.actor, sessionId: session.id },
    };
  });
}
