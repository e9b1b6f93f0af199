import "server-only";
import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, sessions } from "@/lib/db/schema/people";
import { endWithSessions } from "@/lib/grants/end-with-sessions";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";

export type EndedWhy = "signed-out" | "replaced" | "ended-by-owner" | "password-changed" | "holder-disabled";

/** Ends the session that this request belongs to: from now on its cookie opens nothing. */
export async function signOut(ctx: Context): Promise<void> {
  const { sessionId } = ctx;
  if (!sessionId) throw new Refusal("not-signed-in");
  await recorded(ctx, async (tx) => {
    const { grants } = await endRows(tx, "signed-out", eq(sessions.id, sessionId));
    return { result: undefined, event: [{ code: "auth.signed_out" }, ...grants] };
  });
}

export const sessionSchema = z.object({ sessionId: idInput() });

/** Ends another session of one's own; somebody else's looks as if there were none. */
export async function endOwnSession(ctx: Context, input: z.infer<typeof sessionSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    const mine = and(eq(sessions.id, input.sessionId), eq(sessions.personId, ctx.actor.personId));
    const { ended, grants } = await endRows(tx, "ended-by-owner", mine);
    if (ended === 0) throw new Refusal("not-found");
    const event: AuditEvent = {
      code: "auth.session_ended",
      details: { why: "ended-by-owner", ended: input.sessionId },
    };
    return { result: undefined, event: [event, ...grants] };
  });
}

/** How many sessions ended, and the events of the grants that ended with them, to record in the same transaction. */
export type EndedSessions = { ended: number; grants: readonly AuditEvent[] };

/** Ends the live sessions of a person inside the caller's transaction, but for the one to keep. */
export async function endSessionsOf(
  tx: WriteTransaction,
  personId: string,
  why: EndedWhy,
  keep?: string | null,
): Promise<EndedSessions> {
  return endRows(tx, why, and(eq(sessions.personId, personId), keep ? ne(sessions.id, keep) : undefined));
}

/** Ends the session that a new sign-in in the same browser takes the place of. */
export async function replaceSession(tx: WriteTransaction, sessionId: string | null): Promise<EndedSessions> {
  if (!sessionId) return { ended: 0, grants: [] };
  return endRows(tx, "replaced", eq(sessions.id, sessionId));
}

/** Whose they are first, as whoever disables somebody takes them: neither waits for the other forever. */
async function endRows(
  tx: WriteTransaction,
  why: EndedWhy,
  which: ReturnType<typeof and>,
): Promise<EndedSessions> {
  const whose = tx.select({ id: sessions.personId }).from(sessions).where(which);
  await tx
    .select({ id: people.id })
    .from(people)
    .where(inArray(people.id, whose))
    .orderBy(asc(people.id))
    .for("share");
  const rows = await tx
    .update(sessions)
    .set({ endedAt: sql`clock_timestamp()`, endedWhy: why })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  const grants = await endWithSessions(
    tx,
    rows.map(({ id }) => id),
  );
  return { ended: rows.length, grants };
}
