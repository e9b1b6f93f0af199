import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { stops } from "@/lib/db/schema/stops";
import { holdAllGranting } from "@/lib/grants/hold-no-stop";
import { revokeGrants } from "@/lib/grants/revoke-grants";
import { idInput, oneId } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { noNumbers } from "@/lib/texts/free-text";

const words = z
  .string()
  .trim()
  .min(10, "Write at least 10 characters: whom it concerns reads this.")
  .max(2000, "Write at most 2,000 characters.")
  .refine((text) => !text.includes("\0"), "This holds characters that cannot be seen. Remove them.")
  .check(noNumbers);

/** What is stopped: a person, a source, or everything. */
const target = z
  .string()
  .transform((text) => /^(?:all|(person|source):(.+))$/.exec(text.toLowerCase()))
  .refine((found) => found !== null && (found[0] === "all" || oneId.safeParse(found[2]).success), {
    error: "Choose whom or what.",
  })
  .transform((found): Target => {
    const [, scope, id = ""] = found ?? [];
    if (scope === "person") return { scope, personId: id };
    return scope === "source" ? { scope, sourceId: id } : { scope: "all" };
  });

type Target =
  | { scope: "person"; personId: string }
  | { scope: "source"; sourceId: string }
  | { scope: "all" };

export const stopSchema = z.object({ target, words });
export const liftSchema = z.object({ stopId: idInput(), words });

/**
 * Stops access at once: ends every grant concerned, and until it is lifted nothing is asked for, granted, revealed,
 * looked up, compared or exported. All of it is one transaction, which what was about to be granted cannot slip past.
 */
export async function stopAccess(
  ctx: Context,
  input: z.infer<typeof stopSchema>,
): Promise<{ name: string; grants: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "people");
    await holdAllGranting(tx);
    const named = await nameOf(tx, input.target);
    const [stop] = await tx
      .insert(stops)
      .values({
        ...input.target,
        words: input.words,
        setBy: ctx.actor.personId,
        setAt: sql`clock_timestamp()`,
      })
      .onConflictDoNothing()
      .returning({ id: stops.id });
    if (!stop) throw new Refusal("stopped-already");
    const ended = await revokeGrants(tx, whichOf(input.target), "stopped");
    return {
      result: { name: named.name, grants: ended.length },
      event: [
        {
          ...named.about,
          code: "stop.set",
          reason: input.words,
          details: { scope: input.target.scope, grants: ended.length },
        },
        ...ended,
      ],
    };
  });
}

/** Lifts a stop; what it has ended stays ended. Nobody lifts a stop of themselves (law 7). */
export async function liftStop(ctx: Context, input: z.infer<typeof liftSchema>): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "people");
    const [stop] = await tx.select().from(stops).where(eq(stops.id, input.stopId)).for("update");
    if (!stop) throw new Refusal("not-found");
    if (stop.personId === ctx.actor.personId) throw new Refusal("own-rights");
    const lifted = await tx
      .update(stops)
      .set({ liftedBy: ctx.actor.personId, liftedAt: sql`clock_timestamp()`, liftedWords: input.words })
      .where(and(eq(stops.id, stop.id), isNull(stops.liftedAt)))
      .returning({ id: stops.id });
    if (lifted.length === 0) throw new Refusal("changed-meanwhile");
    const { name, about } = await nameOf(tx, targetOf(stop));
    return {
      result: { name },
      event: { ...about, code: "stop.lifted", reason: input.words, details: { scope: stop.scope } },
    };
  });
}

function targetOf({ personId, sourceId }: typeof stops.$inferSelect): Target {
  if (personId !== null) return { scope: "person", personId };
  return sourceId === null ? { scope: "all" } : { scope: "source", sourceId };
}

function whichOf(stopped: Target) {
  if (stopped.scope === "person") return { holderId: stopped.personId };
  return stopped.scope === "source" ? { sourceId: stopped.sourceId } : { everything: true as const };
}

/** What people call it, and the frame of its event; refuses what is not there. */
async function nameOf(
  tx: WriteTransaction,
  stopped: Target,
): Promise<{ name: string; about: Omit<AuditEvent, "code"> }> {
  if (stopped.scope === "all") return { name: "everything", about: {} };
  const table = stopped.scope === "person" ? people : sources;
  const id = stopped.scope === "person" ? stopped.personId : stopped.sourceId;
  const [row] = await tx.select({ name: table.name }).from(table).where(eq(table.id, id));
  if (!row) throw new Refusal("not-found");
  const about =
    stopped.scope === "person"
      ? { subject: { id, name: row.name } }
      : { resource: { sourceId: id, source: row.name } };
  return { name: row.name, about };
}
