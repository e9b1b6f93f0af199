import "server-only";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { endSessionsOf } from "@/lib/auth/end-session";
import { countFailure, forgetFailures, holdCounters } from "@/lib/auth/failure-counts";
import { hashPassword, passwordFits } from "@/lib/auth/hash-password";
import { inTurn } from "@/lib/auth/in-turn";
import { passwordComplaint } from "@/lib/auth/new-password";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

export const passwordSchema = z.object({
  current: z.string().min(1, "Give your present password.").max(256),
  password: z.string().max(1000),
});

type Attempt = { ended: number } | { refused: "wrong" | "locked" };

/**
 * Sets one's own password for whoever knows the present one, and ends all other sessions. Wrong tries count as
 * failed sign-ins: an unlocked screen is no place to guess. Returns how many sessions were ended.
 */
export async function changePassword(
  ctx: Context,
  input: z.infer<typeof passwordSchema>,
): Promise<{ ended: number }> {
  const attempt = await inTurn(() => tryChange(ctx, input));
  if ("ended" in attempt) return attempt;
  if (attempt.refused === "locked") throw new Refusal("locked-out");
  throw new Refusal("bad-input", { current: "This is not your present password." });
}

async function tryChange(
  ctx: Context,
  { current, password }: z.infer<typeof passwordSchema>,
): Promise<Attempt> {
  const me = ctx.actor.personId;
  const [known] = await ctx.db
    .select({ email: people.email, name: people.name })
    .from(people)
    .where(eq(people.id, me));
  if (!known) throw new Refusal("not-found");
  const complaint = passwordComplaint(password, known);
  if (complaint) throw new Refusal("bad-input", { password: complaint });
  return recorded<Attempt>(ctx, async (tx) => {
    const counters = await holdCounters(tx, known.email, ctx.ip);
    if (counters.some(({ minutes }) => minutes > 0)) {
      return { result: { refused: "locked" }, event: { code: "auth.locked_out" } };
    }
    const [person] = await tx.select({ hash: people.passwordHash }).from(people).where(eq(people.id, me));
    if (!(await passwordFits(person?.hash ?? null, current))) {
      await countFailure(tx, counters);
      return {
        result: { refused: "wrong" },
        event: { code: "auth.sign_in_failed", details: { why: "wrong-password" } },
      };
    }
    await setPassword(tx, me, await hashPassword(password));
    await forgetFailures(tx, known.email);
    const { ended, grants } = await endSessionsOf(tx, me, "password-changed", ctx.sessionId);
    const changed: AuditEvent = { code: "auth.password_changed", details: { sessions: ended } };
    return { result: { ended }, event: [changed, ...grants] };
  });
}

async function setPassword(tx: WriteTransaction, personId: string, passwordHash: string): Promise<void> {
  const [changed] = await tx
    .update(people)
    .set({ passwordHash })
    .where(and(eq(people.id, personId), eq(people.state, "active")))
    .returning({ id: people.id });
  if (!changed) throw new Refusal("not-signed-in");
}
