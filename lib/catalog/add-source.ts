import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { slugOf } from "@/lib/catalog/connection-form";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { askedLater } from "@/lib/catalog/discovery-run";
import { sealConnection } from "@/lib/catalog/seal-connection";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import { storeStructure, type Scanned } from "@/lib/catalog/store-structure";
import { tryConnection } from "@/lib/catalog/try-connection";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import type { ConnectionParts } from "@/lib/source/connection";
import { sendJob } from "@/lib/jobs/run-jobs";
import { structureOf } from "@/lib/source/discover";

export type NewSource = { name: string; slug: string; connection: ConnectionParts };
/** `runId` names the discovery that goes on, if there is a value to ask for. */
export type AddedSource = { id: string; slug: string; scanned: Scanned; runId: string | null };

/**
 * Adds a source: tries the connection, reads its structure and stores both in one recorded transaction. Every column of it
 * is hidden until a steward confirms it; what its values say is found out in the background. A connection that fails is
 * refused with its cause.
 */
export async function addSource(ctx: Context, wanted: NewSource): Promise<AddedSource> {
  if (ctx.actor.kind !== "system") requirePermission(ctx, "catalog");
  const named = { ...wanted, slug: wanted.slug === "" ? slugOf(wanted.name) : wanted.slug };
  if (named.slug === "")
    throw new Refusal("bad-input", { slug: "Enter a word of small letters and digits." });
  const answer = await tryConnection(ctx, named.connection);
  if (!answer.ok) throw new Refusal("bad-input", { connection: `${answer.words} ${answer.hint}` });
  const id = randomUUID();
  const schema = await structureBehind(named.connection);
  const added = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    await insertSource(tx, id, named);
    const { result, event, tables } = await storeStructure(tx, await holdSource(tx, id), schema, "all");
    const runId = await askedLater(tx, id, { why: "added", look: "all", tables, startedBy: ctx.actor.id });
    return {
      result: { id, slug: named.slug, scanned: result, runId },
      event: [
        {
          code: "source.added",
          resource: { sourceId: id, source: named.name },
          details: connectionWords(named.connection),
        },
        ...event,
      ],
    };
  });
  if (added.runId !== null) await sendJob("discovery", { key: id, id: added.runId });
  return added;
}

/** What may be on record of a connection: everything but its password. */
export function connectionWords({ host, port, database, user, tls }: ConnectionParts) {
  return { host, port, database, user, tls: tls.mode };
}

/** The structure behind a connection that is not stored yet. */
export async function structureBehind(connection: ConnectionParts): Promise<SourceSchema> {
  try {
    return await structureOf(connection);
  } catch (error) {
    throw sourceRefusal(error);
  }
}

async function insertSource(
  tx: WriteTransaction,
  id: string,
  { name, slug, connection }: NewSource,
): Promise<void> {
  const inserted = await tx
    .insert(sources)
    .values({
      id,
      name,
      slug,
      connectionSealed: sealConnection(env().rootKey, id, connection),
      host: connection.host,
      database: connection.database,
    })
    .onConflictDoNothing()
    .returning({ id: sources.id });
  if (inserted.length === 1) return;
  const [taken] = await tx
    .select({ slug: sources.slug })
    .from(sources)
    .where(
      and(
        isNull(sources.removedAt),
        or(eq(sources.slug, slug), eq(sql`lower(${sources.name})`, name.toLowerCase())),
      ),
    );
  const field = taken?.slug === slug ? "slug" : "name";
  throw new Refusal("bad-input", { [field]: "Another source is called this already." });
}
