import "server-only";
import { eq, or } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { grants, requests } from "@/lib/db/schema/requests";

/** What a refused attempt named, and what the log says of it. */
export type Named = Pick<AuditEvent, "requestId" | "grantId">;

/**
 * The request, its number and its grant, by whichever of them was named: so the log of a request has the refusals of
 * its grant too. Ids that name nothing stay as they were sent; they are harmless in the log.
 */
export async function refusedAbout(
  ctx: Pick<Context, "db">,
  { requestId, grantId }: Named,
): Promise<Named & Pick<AuditEvent, "requestNumber">> {
  const byRequest = requestId === undefined ? undefined : eq(requests.id, requestId);
  const byGrant = grantId === undefined ? undefined : eq(grants.id, grantId);
  if (!byRequest && !byGrant) return {};
  const [found] = await ctx.db
    .select({ requestId: requests.id, requestNumber: requests.number, grantId: grants.id })
    .from(requests)
    .leftJoin(grants, eq(grants.requestId, requests.id))
    .where(or(byRequest, byGrant))
    .limit(1);
  if (!found) return { ...(requestId ? { requestId } : {}), ...(grantId ? { grantId } : {}) };
  const { grantId: itsGrant, ...request } = found;
  return itsGrant === null ? request : { ...request, grantId: itsGrant };
}
