import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { cache } from "react";
import { unsealConnection } from "@/lib/catalog/seal-connection";
import type { ReadDatabase } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import type { ConnectionParts } from "@/lib/source/connection";
import { openedPool, sourcePool, type SourcePool } from "@/lib/source/pool";

/**
 * The connections to a source: the one way to get them. Whoever has read its table a moment ago knows the version of its
 * connection, and needs no second look; without a version it is looked up, and a source that was removed is refused.
 */
export async function openSource(
  db: ReadDatabase,
  { id, version }: { readonly id: string; readonly version?: number },
): Promise<SourcePool> {
  const opened = version === undefined ? undefined : openedPool(id, version);
  return opened ?? poolOfRow(await readRow(db, id));
}

/** The connection of a source as it is now, its password included: for lib/catalog only. */
export async function readConnection(
  db: ReadDatabase,
  sourceId: string,
): Promise<{ id: string; version: number; connection: ConnectionParts; revealUser: string | null }> {
  const row = await readRow(db, sourceId);
  const reveals = row.revealSealed === null ? null : unsealed(revealRow(row, row.revealSealed));
  return { ...unsealed(row), revealUser: reveals?.connection.user ?? null };
}

type SourceRow = { id: string; version: number; sealed: string };

/** The connections by which reveals read: of a hardened source, those of a role that nobody else connects as. */
export function poolForReveals(row: SourceRow & { revealSealed: string | null }): SourcePool {
  return row.revealSealed === null ? poolOfRow(row) : poolOfRow(revealRow(row, row.revealSealed));
}

const revealRow = ({ id, version }: SourceRow, sealed: string): SourceRow => ({
  id: revealId(id),
  version,
  sealed,
});

/** What a source's reveals are called where its connections are sealed and kept: one does not open as the other. */
export const revealId = (sourceId: string) => `${sourceId} reveal`;

/** Read once per page, however much of the source it reads. */
const readRow = cache(async (db: ReadDatabase, sourceId: string) => {
  const [row] = await db
    .select({
      version: sources.version,
      sealed: sources.connectionSealed,
      revealSealed: sources.revealSealed,
    })
    .from(sources)
    .where(and(eq(sources.id, sourceId), isNull(sources.removedAt)));
  if (!row) throw new Refusal("not-found");
  return { id: sourceId, ...row };
});

/** The connections of a source whose row the caller has just read itself, where a second look would cost too long. */
export function poolOfRow(row: SourceRow): SourcePool {
  return openedPool(row.id, row.version) ?? sourcePool(unsealed(row));
}

function unsealed({ id, version, sealed }: SourceRow) {
  const connection = unsealConnection(env().rootKey, id, sealed);
  if (!connection) throw new Refusal("connection-sealed");
  return { id, version, connection };
}
