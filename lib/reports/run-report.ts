import "server-only";
import { sql } from "drizzle-orm";
import { readHead } from "@/lib/audit/check-events";
import type { AuditEvent } from "@/lib/audit/event";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import { presentCheckpoint } from "@/lib/audit/keep-log";
import { logSettings } from "@/lib/audit/log-settings";
import { recorded } from "@/lib/audit/recorded";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import type { Download } from "@/lib/downloads/download";
import { startDownload } from "@/lib/downloads/start-download";
import { Refusal } from "@/lib/refusal";
import { kindOf } from "@/lib/reports/kinds";
import type { MadeReport } from "@/lib/reports/made-report";
import type { About, AnyKind, AsOf, Asked } from "@/lib/reports/report";

/** The form that a report leaves in; as CSV it is one of its tables. */
export type Taken = { format: "pdf" | "ndjson" } | { format: "csv"; part: string };

/** Which report, and for what: the parameters of its address. */
export type Wanted = { kind: string; params: Readonly<Record<string, string>> };

/** The kind that is wanted and its parameters, for whoever may run it; a Refusal otherwise. */
export function readWanted(ctx: Context, { kind: id, params }: Wanted): { kind: AnyKind; asked: Asked } {
  const kind = kindOf(id);
  if (!kind) throw new Refusal("not-found");
  requirePermission(ctx, kind.permission);
  const asked = kind.read(params);
  if ("mistakes" in asked) throw new Refusal("bad-input", asked.mistakes);
  return { kind, asked };
}

/** Makes a report to be looked at. That it is read is on record before its first query. */
export async function runReport(ctx: Context, wanted: Wanted): Promise<MadeReport> {
  const { kind, asked } = readWanted(ctx, wanted);
  await recordRun(ctx, { kind, asked, wanted });
  const size = (await readHead(ctx.db))?.size ?? 0;
  return makeReport(ctx, { kind, asked, size, note: null });
}

/**
 * Begins to take a report away: on record with its form. `make` makes it, covered by a checkpoint that is signed for it;
 * whoever calls this ends the download.
 */
export async function takeReport(
  ctx: Context,
  wanted: Wanted,
  taken: Taken,
): Promise<{ download: Download; make: () => Promise<MadeReport> }> {
  const { kind, asked } = readWanted(ctx, wanted);
  const about = await asked.about(ctx);
  const download = await startDownload(ctx, {
    title: taken.format === "csv" ? `${kind.title}: ${taken.part}` : kind.title,
    format: taken.format,
    permission: kind.permission,
    begin: (tx) => eventOf(tx, { kind, asked, wanted, taken }, about),
    ended: "report.download_ended",
  });
  return { download, make: () => sealedReport(download.ctx, kind, asked) };
}

/** Makes a report under a checkpoint of this moment. Whoever calls it has put the run on record. */
async function sealedReport(ctx: Context, kind: AnyKind, asked: Asked): Promise<MadeReport> {
  const signed = await presentCheckpoint();
  const size = signed?.checkpoint.size ?? (await readHead(ctx.db))?.size ?? 0;
  return makeReport(ctx, { kind, asked, size, note: signed?.note ?? null });
}

type Run = { kind: AnyKind; asked: Asked; wanted: Wanted; taken?: Taken };

/** Puts a run on record, whose rights are held until it is. */
async function recordRun(ctx: Context, run: Run): Promise<void> {
  const about = await run.asked.about(ctx);
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, run.kind.permission);
    return { result: undefined, event: await eventOf(tx, run, about) };
  });
}

/** What a run is on record as: what it was about, and what it was narrowed to. */
async function eventOf(
  tx: WriteTransaction,
  { kind, wanted, taken }: Run,
  { asksOf, ...about }: About,
): Promise<AuditEvent> {
  const records = asksOf && (await holdSubjects(tx, asksOf, [asksOf.handle]));
  return {
    ...about,
    ...(records ? { resource: { ...about.resource, records } } : {}),
    code: taken === undefined ? "report.run" : "report.downloaded",
    details: {
      report: kind.id,
      filters: JSON.stringify(withoutRecords(kind, wanted.params)),
      ...taken,
    },
  };
}

/** What was asked but for names of records: those the event has as references, which can be erased. */
function withoutRecords({ fields }: AnyKind, params: Wanted["params"]): Record<string, string> {
  const isRecord = (name: string) => fields.some((field) => field.kind === "record" && field.name === name);
  return Object.fromEntries(Object.entries(params).filter(([name]) => !isRecord(name)));
}

type Making = { kind: AnyKind; asked: Asked; size: number; note: string | null };

async function makeReport(ctx: Context, { kind, asked, size, note }: Making): Promise<MadeReport> {
  const asOf: AsOf = { at: await readClock(ctx), logSize: size };
  const { key } = logSettings();
  const { title, filters, sections } = await asked.build(ctx, asOf);
  return {
    kindId: kind.id,
    title,
    question: kind.question,
    basis: kind.basis,
    filters,
    sections,
    madeBy: ctx.actor.name,
    madeAt: asOf.at.toISOString(),
    logSize: size,
    note,
    verifierKey: key && writeVerifierKey(key),
  };
}

/** The clock of the control database. */
export async function readClock(ctx: Pick<Context, "db">): Promise<Date> {
  const [row] = await ctx.db
    .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
    .from(sql`(SELECT) AS one`);
  if (!row) throw new Error("The clock of the control database could not be read.");
  return row.now;
}
