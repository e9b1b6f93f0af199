import { finished } from "node:stream/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { fillLog, idOf, type LongLog } from "./long-log";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { eventsOfOne, measureSubject } from "./subject";
import { exportCells, exportColumns, exportRows } from "@/lib/audit/export-events";
import type { AuditFilter } from "@/lib/audit/filter";
import { listEvents } from "@/lib/audit/list-events";
import { listHours } from "@/lib/audit/list-hours";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { csvStream } from "@/lib/csv-stream";
import { migrate } from "@/lib/db/migrate";
import { asAdmin, createDatabase, dropDatabase, urlOf } from "@/scripts/databases";

const large = 10_000_000;
const small = 10_000;
const exported = 1_000_000;

/**
 * What is read of a long log: the report on a person, the pages of the log, and its export. In control databases of their
 * own, without HTTP.
 */
export async function measureAuditLog(stack: BenchStack): Promise<Row[]> {
  const names = { large: "log_10m", small: "log_10k" };
  const near = { key: "900000002", logSize: small };
  const wide = { key: "900000001", logSize: large };
  const aboutNear = { handle: handleOf(near.key), every: small / eventsOfOne, from: 1, below: small };
  const aboutWide = { handle: handleOf(wide.key), every: large / eventsOfOne, from: 5, below: large };
  const table = { sourceId: stack.masked.source.id, tableId: stack.masked.id };
  const logs = [
    await LogDatabase.make(stack, names.large, { size: large, table, about: [aboutNear, aboutWide] }),
    await LogDatabase.make(stack, names.small, { size: small, table, about: [aboutNear] }),
  ] as const;
  const [long, short] = logs;
  try {
    return [
      ...(await measureSubject(long.ctx, table.tableId, { wide, near })),
      ...(await measurePages({ long: long.ctx, short: short.ctx }, table.tableId)),
      ...(await measureExport(long)),
    ];
  } finally {
    await Promise.all(logs.map((log) => log.drop()));
  }
}

const handleOf = (key: string) => encodeHandle({ kind: "values", values: [key] });

/** A control database with a made-up log, and an auditor who reads it. */
class LogDatabase {
  readonly ctx: Context;
  readonly client: postgres.Sql;
  readonly #stack: BenchStack;
  readonly #name: string;

  private constructor(stack: BenchStack, name: string, client: postgres.Sql) {
    this.#stack = stack;
    this.#name = name;
    this.client = client;
    const actor = Actor.signedIn({ id: idOf(9), name: "Ivy", roles: ["auditor"] });
    this.ctx = { actor, sessionId: idOf(8), channel: "console", ip: null, db: drizzle({ client }) };
  }

  static async make(stack: BenchStack, name: string, log: LongLog): Promise<LogDatabase> {
    const url = urlOf(stack.superuserUrl, { database: name });
    await asAdmin(stack.superuserUrl, async (admin) => {
      await dropDatabase(admin, name);
      await createDatabase(admin, { name, owner: "postgres" });
    });
    await migrate(url);
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    await owner.unsafe("SET session_replication_role = replica");
    await copyCatalogue(stack, owner);
    await fillLog(owner, log);
    await owner.end({ timeout: 5 });
    return new LogDatabase(stack, name, postgres(url, { max: 4, onnotice: () => {} }));
  }

  async drop(): Promise<void> {
    await this.client.end({ timeout: 5 });
    await asAdmin(this.#stack.superuserUrl, (admin) => dropDatabase(admin, this.#name));
  }
}

/** The measured table as the running product knows it. */
async function copyCatalogue(stack: BenchStack, owner: postgres.Sql): Promise<void> {
  const from = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  const copied = [
    ["sources", "id", stack.masked.source.id],
    ["catalog_tables", "id", stack.masked.id],
    ["catalog_columns", "table_id", stack.masked.id],
  ] as const;
  for (const [table, column, value] of copied) {
    const [rows] = await from.unsafe<{ all: unknown }[]>(
      `SELECT jsonb_agg(t) AS all FROM ${table} t WHERE ${column} = '${value}'`,
    );
    await owner.unsafe(
      `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::text::jsonb)`,
      [JSON.stringify(rows?.all)],
    );
  }
  await from.end();
}

/** A page of the newest, one of the middle, one of each filter, and the hours beside them: as long as the log is short. */
async function measurePages(logs: { long: Context; short: Context }, tableId: string): Promise<Row[]> {
  const rounds = 60;
  const day = { from: "2023-11-15", to: "2023-11-15" };
  const filters: AuditFilter[] = [
    {},
    { group: "reveals" },
    { code: "reveal.opened" },
    { actorId: idOf(1) },
    { outcome: "refused" },
    day,
    { to: day.to },
    { ...day, group: "reveals" },
  ];
  const pages = (ctx: Context, size: number) => async () => {
    const read = await Promise.all([
      listHours(ctx),
      ...filters.map((filter) => listEvents(ctx, filter, {})),
      listEvents(ctx, {}, { before: size / 2 }),
    ]);
    if (JSON.stringify(read).length < 50_000) throw new Error("The pages lack events.");
  };
  const times = await timeSideBySide(
    { long: pages(logs.long, large), short: pages(logs.short, small) },
    { rounds, warmUp: 10 },
  );
  return [
    row("audit.page_10m_vs_10k", "ms", times.long, times.short, rounds),
    await measurePairs(logs, tableId),
  ];
}

/** The slowest page of two filters that many events meet, and none or few both at once, beside the slowest of a short log. */
async function measurePairs(logs: { long: Context; short: Context }, tableId: string): Promise<Row> {
  const rounds = 20;
  const pairs: AuditFilter[] = [
    { actorId: idOf(1), code: "browse.table_opened" },
    { actorId: idOf(1), outcome: "refused" },
    { actorId: idOf(1), group: "browsing" },
    { tableId, outcome: "refused" },
    { tableId, group: "refusals" },
    { group: "reveals", outcome: "refused" },
    { outcome: "refused", from: "2023-11-15" },
  ];
  const slowest = { long: 0, short: 0 };
  for (const pair of pairs) {
    const page = (ctx: Context) => async () => void (await listEvents(ctx, pair, {}));
    const times = await timeSideBySide(
      { long: page(logs.long), short: page(logs.short) },
      { rounds, warmUp: 3 },
    );
    slowest.long = Math.max(slowest.long, times.long);
    slowest.short = Math.max(slowest.short, times.short);
  }
  return row("audit.page_of_two_10m_ms", "ms", slowest.long, slowest.short, rounds);
}

/** A million events as CSV, against COPY of what it is made of; and the memory that it takes against a tenth of them. */
async function measureExport({ ctx, client }: LogDatabase): Promise<Row[]> {
  const rounds = 3;
  const toCsv = async (count: number) => {
    let lines = 0;
    for await (const chunk of csvStream(exportColumns, exportRows(ctx, {}, count - 1), exportCells))
      lines += linesIn(chunk);
    if (lines !== count + 1) throw new Error(`There are ${lines} lines of ${count} events.`);
  };
  const columns = "seq, occurred_at, code, outcome, actor_id, source_id, table_id, request_id, grant_id";
  const copied = `COPY (SELECT ${columns}, encode(leaf_hash, 'hex'), entry FROM audit_events WHERE seq < ${exported}
    ORDER BY seq) TO STDOUT (FORMAT csv)`;
  const copy = async () => {
    const stream = await client.unsafe(copied).readable();
    let lines = 0;
    stream.on("data", (chunk: Buffer) => (lines += linesIn(chunk)));
    await finished(stream);
    if (lines !== exported) throw new Error(`There are ${lines} lines of ${exported} events.`);
  };
  const times = await timeSideBySide({ csv: () => toCsv(exported), copy }, { rounds, warmUp: 1 });
  const few = await mostMemory(() => toCsv(exported / 10));
  const many = await mostMemory(() => toCsv(exported));
  return [
    row("audit.export_vs_copy", "ms", times.csv, times.copy, rounds),
    row("audit.export_memory_1m_vs_100k", "MB", many, few, 1),
  ];
}

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}

/** The most memory that this process takes while the work is done, looked at ten times a second, in MB. */
async function mostMemory(work: () => Promise<void>): Promise<number> {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
  await work().finally(() => clearInterval(timer));
  return most / 1_000_000;
}
