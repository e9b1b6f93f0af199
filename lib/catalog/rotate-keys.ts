import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { sources } from "@/lib/db/schema/catalogue";
import { endAccess } from "@/lib/grants/end-access";
import { Refusal } from "@/lib/refusal";

export type RotatedKeys = { name: string; closedRequests: number; endedGrants: number };

/**
 * Changes the keys of a source: its pseudonyms and the tokens that name records are others from then on. Requests
 * that wait and grants that live are closed where their records are named by tokens, because nothing would be found
 * by those any more; the others go on.
 */
export async function rotateKeys(
  ctx: Context,
  { sourceId, version }: { sourceId: string; version: number },
): Promise<RotatedKeys> {
  return recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    if (source.version !== version) throw new Refusal("changed-meanwhile");
    const [rotated] = await tx
      .update(sources)
      .set({ keyVersion: sql`${sources.keyVersion} + 1`, version: sql`${sources.version} + 1` })
      .where(eq(sources.id, source.id))
      .returning({ keyVersion: sources.keyVersion });
    const ended = await endAccess(tx, { tokensOf: source.id }, "keys-rotated");
    const result = { name: source.name, closedRequests: ended.requests, endedGrants: ended.grants };
    const event: AuditEvent = {
      code: "source.keys_rotated",
      resource: { sourceId: source.id, source: source.name },
      details: { ...result, keyVersion: rotated?.keyVersion ?? 0 },
    };
    return { result, event: [event, ...ended.events] };
  });
}

/** What was changed, in one sentence. */
export function rotatedWords({ name, closedRequests, endedGrants }: RotatedKeys): string {
  const closed = [
    closedRequests === 0 ? "" : `, ${closedRequests} waiting requests closed`,
    endedGrants === 0 ? "" : `, ${endedGrants} grants ended`,
  ];
  return `The keys of ${name} are changed${closed.join("")}`;
}
