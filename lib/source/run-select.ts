import "server-only";
import type { SqlFragment, SqlParam } from "@/lib/masking/sql";
import { rowsWithoutHoles } from "@/lib/rows-without-holes";
import { SourceFailure, sourceFailure } from "@/lib/source/failure";
import { dropPool, maxConnections, sessionTimeoutMs, type SourcePool } from "@/lib/source/pool";

export type SelectLimits = { timeoutMs: number; signal?: AbortSignal };

/** Rows of text, in the order of the statement's columns. */
export type TextRows = (string | null)[][];

/**
 * Runs one SELECT in a read-only session; whatever goes wrong comes as a `SourceFailure` of ours. What failed
 * at once, and through no fault of its own, is tried again within the same limits.
 */
export async function runSelect(
  pool: SourcePool,
  fragment: SqlFragment,
  limits: SelectLimits,
): Promise<TextRows> {
  const started = performance.now();
  for (let attempt = 1; ; attempt++) {
    const spentMs = performance.now() - started;
    try {
      const timeoutMs = Math.max(1, limits.timeoutMs - spentMs);
      return await runOnce(pool, fragment, { ...limits, timeoutMs });
    } catch (error) {
      const failure = ofView(fragment, sourceFailure(error));
      const isLast = attempt > maxConnections || limits.signal?.aborted === true;
      if (isLast || !isWorthAnother(failure, performance.now() - started, limits)) throw failure;
    }
  }
}

/** What is missing or forbidden where views are read: they are not those that the catalogue would make now. */
function ofView({ readsView }: SqlFragment, failure: SourceFailure): SourceFailure {
  const isStale = ["table-gone", "column-gone", "no-right"].includes(failure.reason);
  return readsView === true && isStale ? new SourceFailure("views-stale", failure.sqlstate) : failure;
}

/** A socket that is gone, and what a server says on it before: told to go, crashed, idle for too long. */
const brokenCodes: ReadonlySet<string | null> = new Set([
  "CONNECTION_CLOSED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "57P05",
]);
const atOnceMs = 1_000;

function isWorthAnother(failure: SourceFailure, spentMs: number, limits: SelectLimits): boolean {
  // The connection had died while nobody used it, as all of a pool do when a source restarts.
  if (brokenCodes.has(failure.sqlstate)) return spentMs < atOnceMs;
  // A cancel meant for the statement before may reach this one: it was stopped long before its time.
  return failure.sqlstate === "57014" && spentMs < Math.min(limits.timeoutMs, sessionTimeoutMs) / 2;
}

async function runOnce(pool: SourcePool, fragment: SqlFragment, limits: SelectLimits): Promise<TextRows> {
  if (limits.signal?.aborted === true) throw new SourceFailure("cancelled");
  const params = fragment.params.map(textOf);
  const query = pool
    .unsafe(fragment.text, params, { prepare: true, simple: false } as { prepare: boolean })
    .values();
  const limit = limitOf(limits);
  try {
    return rowsWithoutHoles((await Promise.race([query, limit.reached])) as unknown as TextRows);
  } catch (error) {
    if (error instanceof SourceFailure) stop(pool, query);
    throw error;
  } finally {
    limit.clear();
  }
}

/** How long a source may take to stop a statement before its connections are taken for dead. */
const stopMs = 5_000;

/** Asks the source to stop; when even that goes unanswered, drops the pool, or dead connections would fill it. */
function stop(pool: SourcePool, query: { cancel: () => unknown } & Promise<unknown>): void {
  const timer = setTimeout(() => void dropPool(pool), stopMs);
  timer.unref();
  const settled = () => clearTimeout(timer);
  query.then(settled, settled);
  void Promise.resolve(query.cancel()).catch(() => undefined);
}

/** `reached` rejects when the time is up or the caller has gone, and never resolves; `clear` ends the watch. */
function limitOf({ timeoutMs, signal }: SelectLimits): { reached: Promise<never>; clear: () => void } {
  let clear = () => {};
  const reached = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new SourceFailure("timeout")), timeoutMs);
    const onAbort = () => reject(new SourceFailure("cancelled"));
    signal?.addEventListener("abort", onAbort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  return { reached, clear };
}

/** The text form PostgreSQL reads a parameter in; its type is in the statement (`$1::bytea`). */
function textOf(param: SqlParam): string | null {
  if (param === null || typeof param === "string") return param;
  if (typeof param === "boolean" || typeof param === "number") return String(param);
  if (Buffer.isBuffer(param)) return `\\x${param.toString("hex")}`;
  return `{${param.map((text) => `"${text.replace(/[\\"]/gu, "\\$&")}"`).join(",")}}`;
}
