import "server-only";
import type { SqlFragment, SqlParam } from "@/lib/masking/sql";
import { SourceFailure, sourceFailure } from "@/lib/source/failure";
import { dropPool, sessionTimeoutMs, type SourcePool } from "@/lib/source/pool";

export type SelectLimits = { timeoutMs: number; signal?: AbortSignal };

/** Rows of text, in the order of the statement's columns. */
export type TextRows = (string | null)[][];

/** Runs one SELECT in a read-only session; whatever goes wrong comes as a `SourceFailure` of ours. */
export async function runSelect(
  pool: SourcePool,
  fragment: SqlFragment,
  limits: SelectLimits,
): Promise<TextRows> {
  const started = performance.now();
  try {
    return await runOnce(pool, fragment, limits);
  } catch (error) {
    const failure = sourceFailure(error);
    const spentMs = performance.now() - started;
    // A cancel meant for the statement before may reach this one: it was stopped long before its time.
    const isStray =
      failure.sqlstate === "57014" && spentMs < Math.min(limits.timeoutMs, sessionTimeoutMs) / 2;
    if (!isStray || limits.signal?.aborted === true) throw failure;
  }
  return runOnce(pool, fragment, limits).catch((error: unknown) => {
    throw sourceFailure(error);
  });
}

async function runOnce(pool: SourcePool, fragment: SqlFragment, limits: SelectLimits): Promise<TextRows> {
  if (limits.signal?.aborted === true) throw new SourceFailure("cancelled");
  const params = fragment.params.map(textOf);
  const query = pool
    .unsafe(fragment.text, params, { prepare: true, simple: false } as { prepare: boolean })
    .values();
  const done = new AbortController();
  try {
    return (await Promise.race([query, stopped(limits, done.signal)])) as unknown as TextRows;
  } catch (error) {
    if (error instanceof SourceFailure) stop(pool, query);
    throw error;
  } finally {
    done.abort();
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

/** Rejects when the time is up or the caller has gone, and never resolves. */
function stopped({ timeoutMs, signal }: SelectLimits, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new SourceFailure("timeout")), timeoutMs);
    const onAbort = () => reject(new SourceFailure("cancelled"));
    signal?.addEventListener("abort", onAbort, { once: true });
    done.addEventListener("abort", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    });
  });
}

/** The text form PostgreSQL reads a parameter in; its type is in the statement (`$1::bytea`). */
function textOf(param: SqlParam): string | null {
  if (param === null || typeof param === "string") return param;
  if (typeof param === "boolean" || typeof param === "number") return String(param);
  if (Buffer.isBuffer(param)) return `\\x${param.toString("hex")}`;
  return `{${param.map((text) => `"${text.replace(/[\\"]/gu, "\\$&")}"`).join(",")}}`;
}
