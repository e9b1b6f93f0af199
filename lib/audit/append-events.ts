import "server-only";
import { sql } from "drizzle-orm";
import { canonicalEntry } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import { extend, leafHash, type Frontier } from "@/lib/audit/merkle";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Appends events to the log inside the caller's transaction: the head row is locked last and until the commit,
 * so that numbers have no gaps and their order is the order of the commits (law 9).
 */
export async function appendEvents(
  tx: WriteTransaction,
  ctx: Context,
  events: readonly AuditEvent[],
): Promise<void> {
  const [head] = await tx.execute<{ size: string; frontier: Buffer[]; now_us: string }>(sql`
    SELECT size, frontier, floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now_us
    FROM audit_head FOR UPDATE`);
  if (!head) throw new Error("The audit log has no head.");
  let frontier: Frontier = { size: Number(head.size), roots: head.frontier };
  const entries: string[] = [];
  const hashes: Buffer[] = [];
  for (const event of events) {
    const entry = canonicalEntry(
      { ...frameOf(ctx), seq: frontier.size, occurredUs: Number(head.now_us) },
      event,
    );
    const hash = leafHash(entry);
    entries.push(entry);
    hashes.push(hash);
    frontier = extend(frontier, hash);
  }
  await tx.execute(sql`
    WITH inserted AS (
      INSERT INTO audit_events (entry, leaf_hash)
      SELECT e, h FROM unnest(${textArray(entries)}::text[], ${byteaArray(hashes)}::bytea[]) AS t(e, h)
      RETURNING 1
    )
    UPDATE audit_head SET size = ${frontier.size}, frontier = ${byteaArray(frontier.roots)}::bytea[]
    FROM (SELECT count(*) FROM inserted) AS done`);
}

function frameOf(ctx: Context) {
  const { kind, id, name, roles } = ctx.actor;
  return { actor: { kind, id, name, roles }, session: ctx.sessionId, channel: ctx.channel, ip: ctx.ip };
}

// drizzle spreads a JavaScript array over several parameters: an array literal is one parameter.
function textArray(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

function byteaArray(items: readonly Buffer[]): string {
  return `{${items.map((item) => `"\\\\x${item.toString("hex")}"`).join(",")}}`;
}
