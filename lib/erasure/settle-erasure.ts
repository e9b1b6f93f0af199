import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { erasureRecords, erasures } from "@/lib/db/schema/erasures";
import { forgetKeys } from "@/lib/erasure/forget-keys";
import { refuseHeld } from "@/lib/erasure/refuse-held";
import { refuseInvolved } from "@/lib/erasure/refuse-involved";
import { endAccess } from "@/lib/grants/end-access";
import { idInput } from "@/lib/id-input";
import { requireSecondPerson } from "@/lib/people/second-person";
import { Refusal } from "@/lib/refusal";

export const settleErasureSchema = z.object({ erasureId: idInput() });

type Input = z.infer<typeof settleErasureSchema>;

/**
 * Forgets a person: ends what waits or lives on their records, erases the keys by which the log names them, and puts a
 * mark in the place of their records wherever those stand in the control database. One transaction, confirmed by
 * somebody else than who asked for it, a person of their own (law 7), and refused under a legal hold, to whoever had part
 * in an access to the records, and while one waits to be judged. Every leaf and root of the log stays valid, and it has
 * which references name nobody since.
 */
export async function confirmErasure(ctx: Context, { erasureId }: Input): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "erase");
    const { erasure, records } = await holdErasure(tx, erasureId);
    if (erasure.startedBy === ctx.actor.personId) throw new Refusal("own-erasure");
    const seat = { first: erasure.startedBy, since: erasure.startedAt, permission: "erase" } as const;
    await requireSecondPerson(tx, ctx, seat);
    await refuseHeld(tx, erasureId);
    const ended = await endAccess(tx, { erasureId }, "record-erased");
    const [keys] = await tx.execute<{ refs: SubjectRef[] }>(sql`
      SELECT erase_subject_keys(${erasureId}, ${ctx.actor.personId}) AS refs`);
    const refs = keys?.refs ?? [];
    // Whoever names them from now on waits: nothing of either seat is missed.
    await refuseInvolved(tx, { erasureId, refs, people: [erasure.startedBy, ctx.actor.personId] });
    // Whoever was about to ask for one of the records was waited for: what they sent is here now.
    const late = await endAccess(tx, { erasureId }, "record-erased");
    const forgotten = await forgetKeys(tx, records);
    const [places] = await tx.execute<{ requests: number; grants: number }>(sql`
      SELECT in_requests::int AS requests, in_grants::int AS grants FROM erase_subject_records(${erasureId})`);
    const event: AuditEvent = {
      code: "erasure.done",
      resource: { records: refs, recordCount: records.length },
      ...{ reason: erasure.reason, ticket: erasure.reference },
      details: {
        ...{ erasure: erasure.number, keys: refs.length },
        ...{ requests: places?.requests ?? 0, grants: places?.grants ?? 0, views: forgotten.views },
        ...{ closedRequests: ended.requests + late.requests, endedGrants: ended.grants + late.grants },
      },
    };
    const events = [...ended.events, ...late.events, ...forgotten.events];
    return { result: { number: erasure.number }, event: [event, ...events] };
  });
}

/**
 * Takes an erasure back before it is confirmed. Its list of records is forgotten; the log knows them as before, and that
 * this was about them.
 */
export async function withdrawErasure(ctx: Context, { erasureId }: Input): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "erase");
    const { erasure } = await holdErasure(tx, erasureId);
    const [keys] = await tx.execute<{ refs: SubjectRef[] }>(sql`
      SELECT ARRAY(SELECT k.ref FROM erasure_records x
        JOIN subject_keys k ON k.table_id = x.table_id AND k.handle_hash = sha256(x.handle::bytea)
        WHERE x.erasure_id = ${erasureId} ORDER BY x.place) AS refs`);
    await tx.execute(sql`SELECT withdraw_erasure(${erasureId}, ${ctx.actor.personId})`);
    const event: AuditEvent = {
      code: "erasure.withdrawn",
      resource: { records: keys?.refs ?? [], recordCount: erasure.records },
      ticket: erasure.reference,
      details: { erasure: erasure.number },
    };
    return { result: { number: erasure.number }, event };
  });
}

/** The erasure and its records, while it waits; of two who settle it, the second is told so. */
async function holdErasure(tx: WriteTransaction, id: string) {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`erasure ${id}`}, 0))`);
  const [erasure] = await tx.select().from(erasures).where(eq(erasures.id, id));
  if (!erasure) throw new Refusal("not-found");
  if (erasure.state !== "waiting") throw new Refusal("erasure-settled");
  const records = await tx
    .select({
      ...{ sourceId: erasureRecords.sourceId, tableId: erasureRecords.tableId },
      handle: erasureRecords.handle,
    })
    .from(erasureRecords)
    .where(eq(erasureRecords.erasureId, id))
    .orderBy(asc(erasureRecords.place));
  return { erasure, records };
}
