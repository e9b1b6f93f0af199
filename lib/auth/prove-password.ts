import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { countFailure, forgetFailures, holdCounters } from "@/lib/auth/failure-counts";
import { passwordFits } from "@/lib/auth/hash-password";
import { inTurn } from "@/lib/auth/in-turn";
import { people, sessions } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

export const proofSchema = z.object({ password: z.string().min(1, "Give your password.").max(256) });

type Attempt = "proved" | "wrong" | "locked";

/**
 * Takes one's password again, for rules that ask for a fresh one: from now on it counts as given in this session, and in
 * no other. Wrong tries count as failed sign-ins, because an unlocked screen is no place to guess.
 */
export async function provePassword(ctx: Context, { password }: z.infer<typeof proofSchema>): Promise<void> {
  const attempt = await inTurn(() => tryProof(ctx, password));
  if (attempt === "locked") throw new Refusal("locked-out");
  if (attempt === "wrong") throw new Refusal("bad-input", { password: "This is not your password." });
}

async function tryProof(ctx: Context, password: string): Promise<Attempt> {
  const me = ctx.actor.personId;
  const [known] = await ctx.db.select({ email: people.email }).from(people).where(eq(people.id, me));
  if (!known || ctx.sessionId === null) throw new Refusal("not-signed-in");
  const { sessionId } = ctx;
  return recorded<Attempt>(ctx, async (tx) => {
    const counters = await holdCounters(tx, known.email, ctx.ip);
    if (counters.some(({ minutes }) => minutes > 0))
      return { result: "locked", event: { code: "auth.locked_out" } };
    const [person] = await tx
      .select({ hash: people.passwordHash, state: people.state })
      .from(people)
      .where(eq(people.id, me))
      .for("share");
    if (person?.state !== "active" || !(await passwordFits(person.hash, password))) {
      await countFailure(tx, counters);
      return { result: "wrong", event: { code: "auth.sign_in_failed", details: { why: "wrong-password" } } };
    }
    await forgetFailures(tx, known.email);
    const [proved] = await tx
      .update(sessions)
      .set({ provedAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.id, sessionId), eq(sessions.personId, me), isNull(sessions.endedAt)))
      .returning({ id: sessions.id });
    if (!proved) throw new Refusal("not-signed-in");
    return { result: "proved", event: { code: "auth.password_given" } };
  });
}
