import "server-only";
import { eq } from "drizzle-orm";
import { record, recorded } from "@/lib/audit/recorded";
import { originOf } from "@/lib/auth/device";
import { countFailure, forgetFailures, holdCounters } from "@/lib/auth/failure-counts";
import { passwordFits } from "@/lib/auth/hash-password";
import { inTurn } from "@/lib/auth/in-turn";
import { replaceSession } from "@/lib/auth/end-session";
import { startSession } from "@/lib/auth/start-session";
import { visitorContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

export type Credentials = { email: string; password: string };

/** Where a sign-in comes from; `replaces` is the session that the browser still has a cookie of. */
export type SignInOrigin = {
  ip: string | null;
  userAgent: string | null;
  webRequest?: string | null;
  replaces: string | null;
};

type Attempt =
  | { session: { id: string } }
  | { refused: "wrong-credentials" }
  | { refused: "locked-out"; minutes: number };

/**
 * Starts a session for whoever knows the password of an active person; every outcome is on record. Unknown
 * e-mail, wrong password and disabled person read the same, take the same time and count the same.
 */
export async function signIn(credentials: Credentials, from: SignInOrigin): Promise<{ id: string }> {
  const attempt = await inTurn(() => attemptSignIn(credentials, from));
  if ("session" in attempt) return attempt.session;
  throw new Refusal(attempt.refused, "minutes" in attempt ? { minutes: String(attempt.minutes) } : {});
}

/** What no form of ours sends is no sign-in, and on record as one that failed. */
export async function refuseUnreadable(from: SignInOrigin): Promise<never> {
  await record(visitorContext(from.ip, originOf(from.userAgent, from.webRequest ?? null)), {
    code: "auth.sign_in_failed",
    details: { why: "unreadable" },
  });
  throw new Refusal("wrong-credentials");
}

async function attemptSignIn({ email: typed, password }: Credentials, from: SignInOrigin): Promise<Attempt> {
  const email = typed.trim().toLowerCase();
  const ctx = visitorContext(from.ip, originOf(from.userAgent, from.webRequest ?? null));
  return recorded<Attempt>(ctx, async (tx) => {
    const counters = await holdCounters(tx, email, from.ip);
    const person = await holdPerson(tx, email);
    const subject = person ? { subject: { id: person.id, name: person.name } } : {};
    const minutes = Math.max(...counters.map((counter) => counter.minutes));
    if (minutes > 0) {
      return { result: { refused: "locked-out", minutes }, event: { code: "auth.locked_out", ...subject } };
    }
    const fits = await passwordFits(person?.passwordHash ?? null, password);
    if (!person || !fits || person.state !== "active") {
      await countFailure(tx, counters);
      const details = { why: !person ? "unknown-person" : fits ? "not-active" : "wrong-password" };
      return {
        result: { refused: "wrong-credentials" },
        event: { code: "auth.sign_in_failed", ...subject, details },
      };
    }
    await forgetFailures(tx, email);
    const session = await startSession(tx, person.id, from);
    const replaced = await replaceSession(tx, from.replaces);
    return {
      result: { session: { id: session.id } },
      event: [{ code: "auth.signed_in", details: { replaced: replaced.ended > 0 } }, ...replaced.grants],
      as: { ...ctx, actor: session.actor, sessionId: session.id },
    };
  });
}

async function holdPerson(tx: WriteTransaction, email: string) {
  const [person] = await tx
    .select({ id: people.id, name: people.name, state: people.state, passwordHash: people.passwordHash })
    .from(people)
    .where(eq(people.email, email))
    .for("share");
  return person;
}
