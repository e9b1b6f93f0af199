import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import { grants, type requests } from "@/lib/db/schema/requests";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import type { Scope } from "@/lib/grants/narrowing";
import { decidedHash } from "@/lib/requests/content";

type Grantable = Pick<
  typeof requests.$inferSelect,
  | "id"
  | "contentHash"
  | "policyVersion"
  | "requesterId"
  | "sourceId"
  | "tableId"
  | "activateWithinSeconds"
  | "ruling"
>;

/** Stores what a decision grants, under the hash that binds it to what was asked (law 8); refuses while it is stopped. */
export async function writeGrant(
  tx: WriteTransaction,
  request: Grantable,
  scope: Scope,
): Promise<{ id: string; decidedHash: Buffer }> {
  await holdNoStop(tx, { personId: request.requesterId, sourceId: request.sourceId });
  const { contentHash, policyVersion } = request;
  const maxViews = request.ruling?.caps.views ?? null;
  const hash = decidedHash({ requestId: request.id, contentHash, policyVersion, maxViews, ...scope });
  const [row] = await tx
    .insert(grants)
    .values({
      requestId: request.id,
      holderId: request.requesterId,
      sourceId: request.sourceId,
      tableId: request.tableId,
      records: [...scope.records],
      fields: [...scope.fields],
      viewSeconds: scope.viewSeconds,
      activateBy: sql`clock_timestamp() + make_interval(secs => ${request.activateWithinSeconds})`,
      decidedHash: hash,
      policyVersion,
      maxViews,
      createdAt: sql`clock_timestamp()`,
    })
    .returning({ id: grants.id });
  if (!row) throw new Error("The grant was not stored.");
  return { id: row.id, decidedHash: hash };
}
