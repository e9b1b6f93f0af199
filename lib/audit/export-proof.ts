import "server-only";
import { readHead } from "@/lib/audit/check-events";
import { shareOf } from "@/lib/audit/export-events";
import type { AuditFilter } from "@/lib/audit/filter";
import { presentCheckpoint } from "@/lib/audit/keep-log";
import { lookThrough } from "@/lib/audit/look-through";
import { proveInclusion } from "@/lib/audit/proof";
import { withPruned, type PrunedRow } from "@/lib/audit/read-pruned";
import { hashReader } from "@/lib/audit/read-tiles";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";
import type { Download } from "@/lib/downloads/download";
import type { Batches } from "@/lib/downloads/leaving";
import { startDownload } from "@/lib/downloads/start-download";
import { readAhead } from "@/lib/read-ahead";

const BATCH = 1000;

const { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId } = auditEvents;
const exported = { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId };

/**
 * The log as lines of JSON that prove themselves: first what the export is, with a checkpoint made for it; then a line an
 * event, with its columns, its hash and the very text that was hashed; at the end how many there were. The whole log adds
 * up to the checkpoint; in a part of it, each event carries the proof that leads there. The export is on record before
 * its first line leaves, and holds that event itself.
 */
export async function exportProof(ctx: Context, filter: AuditFilter): Promise<Batches<string[]>> {
  requirePermission(ctx, "audit");
  const download = await startDownload(ctx, {
    title: Object.keys(filter).length > 0 ? "A part of the audit log, with proof" : "Audit log, with proof",
    format: "ndjson",
    permission: "audit",
    begin: () => ({ code: "audit.exported", details: { format: "ndjson", filter: JSON.stringify(filter) } }),
    ended: "audit.export_ended",
  });
  const covered = await download.make(async () => {
    const made = await presentCheckpoint();
    const size = made?.checkpoint.size ?? (await readHead(download.ctx.db))?.size ?? 0;
    return { size, checkpoint: made?.note ?? null };
  });
  return download.leaving(exportLines(download, filter, covered));
}

async function* exportLines(
  download: Download,
  filter: AuditFilter,
  { size, checkpoint }: { size: number; checkpoint: string | null },
): AsyncGenerator<string[]> {
  const { ctx } = download;
  const isPart = Object.keys(filter).length > 0;
  const kind = isPart ? "part" : "whole";
  if (!isPart) download.expect(size);
  yield [exportHeader({ kind, size, filter, checkpoint })];
  const hashOf = hashReader(ctx.db);
  let count = 0;
  const events = readEvents(ctx, filter, size);
  // What was pruned is a part of the whole log, and of no filter.
  const batches = isPart ? events : withPruned(ctx.db, events, { from: 0, end: size });
  for await (const rows of readAhead(batches)) {
    const lines: string[] = [];
    for (const row of rows)
      lines.push(exportLine(row, isPart && checkpoint ? await proveInclusion(row.seq, size, hashOf) : null));
    count += rows.length;
    const last = rows.at(-1);
    download.count(rows.length, isPart && last ? shareOf(last.seq, size) : undefined);
    yield lines;
  }
  yield [exportEnd(count)];
}

function readEvents(ctx: Context, filter: AuditFilter, size: number): AsyncGenerator<ExportedRow[]> {
  return lookThrough(ctx.db, filter, { size, most: BATCH }, (look) =>
    ctx.db
      .select({ ...exported, leafHash: auditEvents.leafHash, entry: auditEvents.entry })
      .from(auditEvents)
      .where(look.where)
      .orderBy(look.order)
      .limit(BATCH + 1),
  );
}

/** The first line of an export: what it is, and the checkpoint that it is held against. */
export function exportHeader(told: {
  kind: "whole" | "part";
  size: number;
  filter: AuditFilter;
  checkpoint: string | null;
  /** Of a part without gaps: its first event, and the one after its last. */
  from?: number;
  to?: number;
}): string {
  return `${JSON.stringify({ glimpse: "audit-export", v: 1, ...told })}\n`;
}

/** The last line, without which an export was cut off. */
export const exportEnd = (count: number): string => `${JSON.stringify({ end: count })}\n`;

/** An event with all that the database has of it. */
export type ExportedRow = {
  [Name in keyof typeof exported]: (typeof exported)[Name]["_"]["notNull"] extends true
    ? (typeof exported)[Name]["_"]["data"]
    : (typeof exported)[Name]["_"]["data"] | null;
} & { leafHash: Buffer; entry: string };

/**
 * `entry` stands last and as it was hashed: what lies between `"entry":` and the last brace is the leaf. Of one that was
 * pruned there is its number and its hash.
 */
export function exportLine(row: ExportedRow | PrunedRow, proof: readonly Buffer[] | null): string {
  const told = proof ? `"proof":${JSON.stringify(proof.map((hash) => hash.toString("base64")))},` : "";
  const leaf = `"leaf":"${row.leafHash.toString("hex")}"`;
  if (!("entry" in row)) return `{${told}"pruned":${row.seq},${leaf}}\n`;
  const columns = [
    row.seq,
    row.code,
    row.outcome,
    row.occurredAt.getTime(),
    row.actorId,
    row.sourceId,
    row.tableId,
    row.requestId,
    row.grantId,
  ];
  return `{"columns":${JSON.stringify(columns)},${leaf},${told}"entry":${row.entry}}\n`;
}
