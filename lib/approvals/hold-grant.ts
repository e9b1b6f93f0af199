import "server-only";
import { eq, inArray } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recordsOf } from "@/lib/audit/subject-ref";
import type { WriteTransaction } from "@/lib/db/control-database";
import { grants, requests } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";

/** A grant with its request, as they stand under the lock. */
export type HeldGrant = FoundRequest & { grant: NonNullable<FoundRequest["grant"]> };

/** Locks a grant until the transaction ends, then reads it with the clock of that moment; checks no permission. */
export async function holdGrant(tx: WriteTransaction, grantId: string): Promise<HeldGrant> {
  const [held] = await tx
    .select({ requestId: grants.requestId })
    .from(grants)
    .where(eq(grants.id, grantId))
    .for("update");
  const found = held && (await findRequest(tx, eq(requests.id, held.requestId)));
  if (!found?.grant) throw new Refusal("not-found");
  return { ...found, grant: found.grant };
}

/**
 * As `holdGrant`, for whoever ends it: its request first and the one for more time, as everybody takes them who ends
 * requests and grants. So neither waits for the other forever, and no more time is asked for meanwhile.
 */
export async function holdGrantToEnd(tx: WriteTransaction, grantId: string): Promise<HeldGrant> {
  const itsRequest = tx.select({ id: grants.requestId }).from(grants).where(eq(grants.id, grantId));
  for (const which of [inArray(requests.id, itsRequest), inArray(requests.parentId, itsRequest)])
    await tx.select({ id: requests.id }).from(requests).where(which).for("no key update");
  return holdGrant(tx, grantId);
}

/** The frame of an event about a grant: what it opens and of whom. */
export function aboutGrant({
  grant,
  request,
  requester,
  source,
  table,
}: HeldGrant): Omit<AuditEvent, "code"> {
  return {
    grantId: grant.id,
    requestId: request.id,
    requestNumber: request.number,
    subject: requester,
    resource: {
      sourceId: source.id,
      source: source.name,
      tableId: grant.tableId,
      table: `${table.schema}.${table.name}`,
      ...recordsOf(grant),
      fields: grant.fields.map((field) => field.column),
      classes: grant.fields.map((field) => field.classId),
      levels: grant.fields.map((field) => field.level),
    },
    purpose: request.purpose,
    policyVersion: grant.policyVersion,
  };
}
