import "server-only";
import { sql } from "drizzle-orm";
import { readHead } from "@/lib/audit/check-events";
import { presentCheckpoint } from "@/lib/audit/keep-log";
import type { AuditFilter } from "@/lib/audit/filter";
import { lookThrough } from "@/lib/audit/look-through";
import { withPruned, type PrunedRow } from "@/lib/audit/read-pruned";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";
import type { Batches } from "@/lib/downloads/leaving";
import type { Download } from "@/lib/downloads/download";
import { startDownload } from "@/lib/downloads/start-download";
import { readAhead } from "@/lib/read-ahead";

const BATCH = 5000;

/** The columns of the export, in order. `entry` is what is hashed, so that a row can be checked by itself. */
export const exportColumns = [
  "number",
  "occurred_at",
  "code",
  "outcome",
  "actor",
  "actor_id",
  "actor_roles",
  "session",
  "channel",
  "address",
  "device",
  "web_request",
  "written_by",
  "source",
  "table",
  "records",
  "record_count",
  "fields",
  "classes",
  "levels",
  "request",
  "grant",
  "subject",
  "approvers",
  "purpose",
  "reason",
  "ticket",
  "policy_version",
  "details",
  "leaf_hash",
  "entry",
] as const;

/**
 * The rows of an export, oldest first, up to the size the log had when it began, in batches: memory stays flat
 * however long the log is. The export is on record before its first row leaves, and a checkpoint is signed for it.
 */
export async function exportEvents(ctx: Context, filter: AuditFilter): Promise<Batches<CsvRow[]>> {
  requirePermission(ctx, "audit");
  const download = await startDownload(ctx, {
    title: isPart(filter) ? "A part of the audit log" : "Audit log",
    format: "csv",
    permission: "audit",
    begin: () => ({ code: "audit.exported", details: { format: "csv", filter: JSON.stringify(filter) } }),
    ended: "audit.export_ended",
  });
  const size = await download.make(async () => {
    const signed = await presentCheckpoint();
    return signed?.checkpoint.size ?? (await readHead(download.ctx.db))?.size ?? 0;
  });
  return download.leaving(counted(download, filter, size));
}

/** Whether a filter leaves events out. */
const isPart = (filter: AuditFilter) => Object.keys(filter).length > 0;

async function* counted(download: Download, filter: AuditFilter, size: number): AsyncGenerator<CsvRow[]> {
  if (!isPart(filter)) download.expect(size);
  for await (const rows of exportRows(download.ctx, filter, size - 1)) {
    const last = rows.at(-1);
    // A batch of none says that something is going on, and not how far.
    download.count(rows.length, isPart(filter) && last ? shareOf(last.seq, size) : undefined);
    yield rows;
  }
}

/** How much of the log lies before an event and with it: of a part nobody knows how many there will be. */
export const shareOf = (seq: number, size: number) => Math.min(1, (seq + 1) / Math.max(1, size));

/** The rows up to the last wanted one. Whoever hands them out has put it on record: `exportEvents` does. */
export function exportRows(ctx: Context, filter: AuditFilter, last: number): AsyncGenerator<CsvRow[]> {
  const events = readEvents(ctx, filter, last + 1);
  // What was pruned is a part of the whole log, and of no filter.
  const batches = isPart(filter) ? events : withPruned(ctx.db, events, { from: 0, end: last + 1 });
  return readAhead(batches);
}

type EventRow = { seq: number; entry: string; hash: string };

/** An event, or what is left of one that was pruned. */
export type CsvRow = EventRow | PrunedRow;

/** The cells of a row, in the order of `exportColumns`. */
export function exportCells(row: CsvRow): string[] {
  return "entry" in row
    ? eventCells(parseEntry(row.entry), row.hash, row.entry)
    : prunedCells(row.seq, row.leafHash.toString("hex"));
}

function readEvents(ctx: Context, filter: AuditFilter, size: number): AsyncGenerator<EventRow[]> {
  const { seq, entry, leafHash } = auditEvents;
  const hash = sql<string>`encode(${leafHash}, 'hex')`;
  return lookThrough(ctx.db, filter, { size, most: BATCH }, (look) =>
    ctx.db
      .select({ seq, entry, hash })
      .from(auditEvents)
      .where(look.where)
      .orderBy(look.order)
      .limit(BATCH + 1),
  );
}

/** Of an entry that was pruned: its number, that it was, and its hash. */
function prunedCells(seq: number, leafHash: string): string[] {
  const cells: Partial<Record<(typeof exportColumns)[number], string>> = {
    number: String(seq),
    code: "pruned",
    leaf_hash: leafHash,
  };
  return exportColumns.map((name) => cells[name] ?? "");
}

function eventCells(entry: AuditEntry, leafHash: string, text: string): string[] {
  const { actor, resource } = entry;
  return [
    String(entry.seq),
    new Date(entry.occurredUs / 1000).toISOString(),
    entry.code,
    entry.outcome,
    actor.name,
    actor.id ?? "",
    actor.roles.join(" "),
    entry.session ?? "",
    entry.channel,
    entry.ip ?? "",
    entry.device ?? "",
    entry.webRequest ?? "",
    entry.writer ? `${entry.writer.instance} ${entry.writer.version}` : "",
    resource?.source ?? "",
    resource?.table ?? "",
    resource?.records?.join(" ") ?? "",
    resource?.recordCount?.toString() ?? "",
    resource?.fields?.join(" ") ?? "",
    resource?.classes?.join(" ") ?? "",
    resource?.levels?.join(" ") ?? "",
    entry.requestNumber?.toString() ?? "",
    entry.grantId ?? "",
    entry.subject?.name ?? "",
    entry.approvers?.map((person) => person.name).join(", ") ?? "",
    entry.purpose ?? "",
    entry.reason ?? "",
    entry.ticket ?? "",
    entry.policyVersion?.toString() ?? "",
    entry.details ? JSON.stringify(entry.details) : "",
    leafHash,
    text,
  ];
}
