import "server-only";
import { and, count, eq, gt, sql } from "drizzle-orm";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdSteward } from "@/lib/catalog/hold-steward";
import { auditEvents } from "@/lib/db/schema/audit";
import { Refusal } from "@/lib/refusal";
import type { ConnectionParts } from "@/lib/source/connection";
import type { ConnectionAnswer } from "@/lib/source/connection-answer";
import { testConnection } from "@/lib/source/test-connection";

const perMinute = 12;

/**
 * Tries a connection that a steward entered. Each try is on record before it is made and there are few in a minute:
 * a steward names hosts by design, and must not search a network with it unseen.
 */
export async function tryConnection(
  ctx: Context,
  connection: ConnectionParts,
  sourceId?: string,
): Promise<ConnectionAnswer> {
  const resource = sourceId === undefined ? {} : { resource: { sourceId } };
  const { host, port, database, user, tls } = connection;
  const details = { host, port, database, user, tls: tls.mode };
  await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    if (ctx.actor.kind === "person") {
      // One at a time for each person, or tries sent at once would all count the same few before them.
      await tx.execute(
        sql`SELECT pg_advisory_xact_lock(hashtextextended(${`tries ${ctx.actor.personId}`}, 0))`,
      );
      const [tries] = await tx
        .select({ made: count() })
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.actorId, ctx.actor.personId),
            eq(auditEvents.code, "source.tested"),
            gt(auditEvents.occurredAt, sql`clock_timestamp() - interval '1 minute'`),
          ),
        );
      if ((tries?.made ?? 0) >= perMinute) throw new Refusal("too-fast");
    }
    return { result: undefined, event: { code: "source.tested", ...resource, details } };
  });
  const answer = await testConnection(connection);
  if (!answer.ok) {
    await record(ctx, {
      code: "source.test_failed",
      ...resource,
      details: { ...details, cause: answer.cause },
    });
  }
  return answer;
}
