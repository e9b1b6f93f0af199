import "server-only";
import { eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { connectionWords, structureBehind } from "@/lib/catalog/add-source";
import { forgetValues } from "@/lib/catalog/forget-values";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { readConnection, revealId } from "@/lib/catalog/open-source";
import { askedLater, endLiveRun } from "@/lib/catalog/discovery-run";
import { sealConnection } from "@/lib/catalog/seal-connection";
import { storeStructure, type Scanned } from "@/lib/catalog/store-structure";
import { tryConnection } from "@/lib/catalog/try-connection";
import { sources } from "@/lib/db/schema/catalogue";
import { env } from "@/lib/env";
import { endAccess } from "@/lib/grants/end-access";
import { sendJob } from "@/lib/jobs/run-jobs";
import { Refusal } from "@/lib/refusal";
import type { ConnectionParts } from "@/lib/source/connection";
import { closePool } from "@/lib/source/pool";

export type ChangedConnection = { sourceId: string; version: number; connection: ConnectionParts };

/**
 * A connection to try or to keep: with the stored password if none was entered and nothing changed that decides who
 * receives it. Else whoever edits a host could have the stored password sent to a machine of their own.
 */
export async function withStoredPassword(
  ctx: Context,
  sourceId: string,
  entered: ConnectionParts,
): Promise<ConnectionParts> {
  if (ctx.actor.kind !== "system") requirePermission(ctx, "catalog");
  if (entered.password !== "") return entered;
  const { connection } = await readConnection(ctx.db, sourceId);
  const receiver = ({ host, port, user, tls }: ConnectionParts) =>
    JSON.stringify([host, port, user, tls.mode, tls.ca]);
  if (receiver(entered) !== receiver(connection)) {
    throw new Refusal("bad-input", {
      password: "Enter the password again: host, port, user or TLS have changed.",
    });
  }
  return { ...entered, password: connection.password };
}

/**
 * Replaces the connection of a source after trying it, and compares what is there now. When it leads to another machine
 * or database its grants end and its waiting requests are closed: the records that they name are others there.
 */
export async function changeConnection(ctx: Context, wanted: ChangedConnection): Promise<Scanned> {
  const connection = await withStoredPassword(ctx, wanted.sourceId, wanted.connection);
  const answer = await tryConnection(ctx, connection, wanted.sourceId);
  if (!answer.ok) throw new Refusal("bad-input", { connection: `${answer.words} ${answer.hint}` });
  const schema = await structureBehind(connection);
  const { runId, scanned } = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, wanted.sourceId);
    if (source.version !== wanted.version) throw new Refusal("changed-meanwhile");
    if (source.hardened) throw new Refusal("hardened-source");
    const before = (await readConnection(tx, source.id).catch(() => null))?.connection;
    await tx
      .update(sources)
      .set({
        connectionSealed: sealConnection(env().rootKey, source.id, connection),
        host: connection.host,
        database: connection.database,
        version: sql`${sources.version} + 1`,
      })
      .where(eq(sources.id, source.id));
    const place = (parts: ConnectionParts | undefined) =>
      JSON.stringify([parts?.host, parts?.port, parts?.database]);
    const moved = place(before) !== place(connection);
    const ended = moved ? await endAccess(tx, { sourceId: source.id }, "source-changed") : null;
    // What was being found out is of another place, or was read with other rights.
    await endLiveRun(tx, source.id);
    const { result, event, tables } = await storeStructure(tx, source, schema, "all");
    const run = { why: "moved", look: "all", tables, startedBy: ctx.actor.id } as const;
    return {
      result: {
        runId: await askedLater(tx, source.id, run),
        scanned: { ...result, endedGrants: result.endedGrants + (ended?.grants ?? 0) },
      },
      event: [
        {
          code: "source.changed",
          resource: { sourceId: source.id, source: source.name },
          details: connectionWords(connection),
        },
        ...(ended?.events ?? []),
        ...event,
      ],
    };
  });
  if (runId !== null) await sendJob("discovery", { key: wanted.sourceId, id: runId });
  return scanned;
}

/**
 * Removes a source: it can be browsed no more, its grants and waiting requests end at once and its password is wiped. What the requests
 * and the audit log say of it stays.
 */
export async function removeSource(
  ctx: Context,
  { sourceId, version }: { sourceId: string; version: number },
): Promise<{ name: string }> {
  const removed = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    if (source.version !== version) throw new Refusal("changed-meanwhile");
    await tx
      .update(sources)
      .set({
        removedAt: sql`clock_timestamp()`,
        connectionSealed: "",
        revealSealed: null,
        version: sql`${sources.version} + 1`,
      })
      .where(eq(sources.id, source.id));
    await endLiveRun(tx, sourceId);
    const ended = await endAccess(tx, { sourceId }, "source-removed");
    const forgotten = await forgetValues(tx, source);
    return {
      result: { name: source.name },
      event: [
        {
          code: "source.removed",
          resource: { sourceId, source: source.name },
          details: { endedGrants: ended.grants, closedRequests: ended.requests },
        },
        ...ended.events,
        ...forgotten,
      ],
    };
  });
  await Promise.all([closePool(sourceId), closePool(revealId(sourceId))]);
  return removed;
}
