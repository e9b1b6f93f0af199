import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { failRun, ifLive, Over, readRun, type Run } from "@/lib/catalog/discovery-run";
import { holdSource } from "@/lib/catalog/hold-steward";
import { readConnection } from "@/lib/catalog/open-source";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import { storeProposals } from "@/lib/catalog/store-proposals";
import { resourceOf, storeStructure, type Scanned } from "@/lib/catalog/store-structure";
import { doneSteps, forgetSteps, keepStep } from "@/lib/db/job-database";
import { discoveries } from "@/lib/db/schema/discoveries";
import { columnsToAsk, tableKey } from "@/lib/discovery/discover";
import { keptRates, ratesAgain, type KeptRates } from "@/lib/discovery/values/kept-rates";
import { Refusal } from "@/lib/refusal";
import { askTable } from "@/lib/source/ask-rates";
import { overOwnPool, structureOver } from "@/lib/source/discover";
import { SourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";

export type Slice = { msAtMost?: number; signal?: AbortSignal };

/** What became of a run: whether it is over, and what it found in the structure if it looked. */
export type Ran = { over: boolean; scanned: Scanned | null };

const atOnce = 2;

/**
 * Goes on with the discovery of a source for a while: compares its structure, then asks for the rates of one table after
 * another, then proposes. Whoever goes on later, here or elsewhere, begins with the tables that are not done. Two that
 * work at the same run change nothing twice.
 */
export async function runDiscovery(
  ctx: Context,
  runId: string,
  { msAtMost = Number.POSITIVE_INFINITY, signal }: Slice = {},
): Promise<Ran> {
  const run = await readRun(ctx.db, runId);
  if (!run || run.endedAt !== null) return { over: true, scanned: null };
  const until = performance.now() + msAtMost;
  try {
    const { connection, version, revealUser } = await readConnection(ctx.db, run.sourceId);
    return await overOwnPool(connection, async (pool) => {
      const schema = await structureOver(pool, revealUser);
      // Nobody but reveals reads the values of a hardened source: what is new there is proposed from names alone.
      const found = { schema, version, mayAsk: revealUser === null };
      const scanned = run.state === "waiting" ? await compare(ctx, run, found) : null;
      const over = await askOn(ctx, { run: runId, pool, schema, until, signal });
      return { over, scanned };
    });
  } catch (error) {
    const cause = causeOf(error);
    if (cause === null || signal?.aborted === true) throw error;
    await failRun(ctx, runId, cause, run.state === "waiting" ? "source.scan_failed" : undefined);
    throw error;
  }
}

/** A failure that a steward can do something about, in a word of ours; null for one of our own. */
function causeOf(error: unknown): string | null {
  if (error instanceof SourceFailure) return error.reason;
  return error instanceof Refusal ? error.code : null;
}

/** Stores the difference to the structure, once: whoever comes second finds the run further on. */
async function compare(
  ctx: Context,
  run: Run,
  { schema, version, mayAsk }: { schema: SourceSchema; version: number; mayAsk: boolean },
): Promise<Scanned | null> {
  let scanned: Scanned | null = null;
  await ifLive(async () => {
    scanned = await recorded(ctx, async (tx) => {
      const source = await holdSource(tx, run.sourceId);
      // The connection was changed while its old database was read.
      if (source.version !== version) throw new Refusal("changed-meanwhile");
      const { result, event, tables } = await storeStructure(tx, source, schema, run.look);
      const moved = await tx
        .update(discoveries)
        .set(
          mayAsk && tables.length > 0
            ? { state: "asking", tables }
            : { state: "done", endedAt: sql`clock_timestamp()` },
        )
        .where(and(eq(discoveries.id, run.id), eq(discoveries.state, "waiting")))
        .returning({ id: discoveries.id });
      if (moved.length === 0) throw new Over();
      return { result, event };
    });
  });
  return scanned;
}

type Asking = {
  run: string;
  pool: SourcePool;
  schema: SourceSchema;
  until: number;
  signal: AbortSignal | undefined;
};

/** Asks one table after another until the time or the tables are over; true when the run is. */
async function askOn(ctx: Context, asking: Asking): Promise<boolean> {
  const run = await readRun(ctx.db, asking.run);
  if (run?.state !== "asking") return true;
  const done = await doneSteps(asking.run);
  const left = run.tables.filter((key) => !done.has(key));
  const lanes = Array.from({ length: atOnce }, () => lane(ctx, asking, left));
  const ended = await Promise.all(lanes);
  if (ended.some((how) => how === "over")) return true;
  if (ended.some((how) => how === "later")) return false;
  return finish(ctx, run, asking.schema);
}

async function lane(ctx: Context, asking: Asking, left: string[]): Promise<"all" | "later" | "over"> {
  const { run, pool, schema, until, signal } = asking;
  const tables = new Map(schema.tables.map((table) => [tableKey(table), table]));
  const columnsOf = columnsToAsk(schema);
  for (let key = left.shift(); key !== undefined; key = left.shift()) {
    if (performance.now() > until || signal?.aborted === true) return "later";
    if ((await readRun(ctx.db, run))?.state !== "asking") return "over";
    const table = tables.get(key);
    const found = table ? await askTable(pool, table, columnsOf(table), signal) : new Map<string, never>();
    await keepStep(run, key, keptRates(found));
  }
  return "all";
}

/** Proposes by all that was found; false when tables were added meanwhile. */
async function finish(ctx: Context, before: Run, schema: SourceSchema): Promise<boolean> {
  const kept = await doneSteps(before.id);
  const rates = new Map([...kept].map(([key, found]) => [key, ratesAgain(found as KeptRates)] as const));
  let isLast = true;
  await ifLive(() =>
    recorded(ctx, async (tx) => {
      const source = await holdSource(tx, before.sourceId);
      const [run] = await tx
        .update(discoveries)
        .set({ state: "done", endedAt: sql`clock_timestamp()` })
        .where(and(eq(discoveries.id, before.id), isNull(discoveries.endedAt)))
        .returning({ tables: discoveries.tables });
      if (run && run.tables.some((key) => !kept.has(key))) isLast = false;
      if (!run || !isLast) throw new Over();
      const asked = new Set(run.tables);
      const changedProposals = await storeProposals(
        tx,
        source.id,
        schema,
        rates,
        (table) => before.look === "all" || asked.has(tableKey(table)),
      );
      return {
        result: undefined,
        event: {
          code: "source.discovered",
          resource: resourceOf(source),
          details: { tables: run.tables.length, changedProposals },
        },
      };
    }),
  );
  if (isLast) await forgetSteps(before.id);
  return isLast;
}
