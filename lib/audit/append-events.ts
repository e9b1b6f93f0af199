import "server-only";
import { entryParts } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import { writtenBy } from "@/lib/audit/written-by";
import type { Context } from "@/lib/auth/context";
import type { LastStatement } from "@/lib/db/short-transaction";

/**
 * The statement that appends events to the log, the last of its transaction: the head row is locked last and until
 * the commit, so that numbers have no gaps and their order is the order of the commits (law 9). It answers with the place
 * of the last one.
 */
export function appendEvents(ctx: Context, events: readonly AuditEvent[]): LastStatement {
  const { kind, id, name, roles } = ctx.actor;
  const actor = { kind, id, name, roles };
  const { device = null, webRequest = null } = ctx.origin ?? {};
  const from = { session: ctx.sessionId, channel: ctx.channel, ip: ctx.ip, device, webRequest };
  const context = { actor, ...from, writer: writtenBy() };
  const parts = events.map((event) => entryParts(context, event));
  return {
    text: `SELECT last_seq::text AS seq, encode(last_hash, 'hex') AS "leafHash"
      FROM append_audit_events($1::text[], $2::text[], $3::text[])`,
    tellsPlace: true,
    params: [0, 1, 2].map((at) => textArray(parts.map((part) => part[at] ?? ""))),
  };
}

// Text already: the driver would need to ask the server for the type of a list first.
function textArray(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
