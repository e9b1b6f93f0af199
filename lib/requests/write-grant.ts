import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import { refsOf } from "@/lib/audit/subject-ref";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sessions } from "@/lib/db/schema/people";
import { grants, type requests } from "@/lib/db/schema/requests";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import type { Scope } from "@/lib/grants/narrowing";
import { openedNow, thisMoment, windowEnd } from "@/lib/grants/opened-now";
import { decidedHash } from "@/lib/requests/content";
import type { Bounds } from "@/lib/requests/request";

type Grantable = Pick<
  typeof requests.$inferSelect,
  | "id"
  | "contentHash"
  | "policyVersion"
  | "requesterId"
  | "sourceId"
  | "tableId"
  | "records"
  | "refs"
  | "activateWithinSeconds"
  | "ruling"
  | "parentId"
  | "notBefore"
  | "maxViews"
  | "withSession"
>;

/** A grant as it was stored; `runsFrom` says when its time begins by itself, null where its holder opens it. */
export type WrittenGrant = StoredGrant & { runsFrom: Date | null };

type StoredGrant = { id: string; decidedHash: Buffer; createdAt: Date; activateBy: Date };

/**
 * Stores what a decision grants, under the hash that binds it to what was asked (law 8); refuses while it is stopped.
 * More time for what is still open follows without a gap: it begins by itself when that ends.
 */
export async function writeGrant(
  tx: WriteTransaction,
  request: Grantable,
  scope: Scope,
): Promise<WrittenGrant> {
  const running = request.parentId === null ? null : await readRunning(tx, request.parentId);
  // What ends with a session can follow only what was opened in one, while that lasts.
  const follows = running && (!request.withSession || running.sessionId !== null) ? running : null;
  const grant = await store(tx, request, scope, follows?.endsAt ?? request.notBefore);
  if (!follows) return { ...grant, runsFrom: null };
  const sessionId = request.withSession ? follows.sessionId : null;
  await tx
    .update(grants)
    .set({
      state: "active",
      version: sql`${grants.version} + 1`,
      activatedAt: sql`${grants.notBefore}`,
      endsAt: windowEnd(sql`${grants.notBefore}`, sql`${sessionId}::uuid`),
      sessionId,
    })
    .where(eq(grants.id, grant.id));
  return { ...grant, runsFrom: follows.endsAt };
}

/** Stores a grant that its holder opens in the same transaction, whatever moment the request had named. */
export async function writeOpenGrant(
  tx: WriteTransaction,
  request: Grantable,
  scope: Scope,
  sessionId: string | null,
): Promise<WrittenGrant> {
  const grant = await store(tx, request, scope, null);
  await tx.update(grants).set(openedNow(sessionId)).from(thisMoment).where(eq(grants.id, grant.id));
  return { ...grant, runsFrom: null };
}

async function store(
  tx: WriteTransaction,
  request: Grantable,
  scope: Scope,
  notBefore: Date | null,
): Promise<StoredGrant> {
  await holdNoStop(tx, { personId: request.requesterId, sourceId: request.sourceId });
  const { contentHash, policyVersion, withSession } = request;
  const limits = [request.maxViews, request.ruling?.caps.views ?? null].filter((limit) => limit !== null);
  const maxViews = limits.length > 0 ? Math.min(...limits) : null;
  const bounds: Bounds = { notBefore, maxViews, withSession };
  const refs = refsOf(request, scope.records);
  const hash = decidedHash({ requestId: request.id, contentHash, policyVersion, refs, ...bounds, ...scope });
  const within = sql`make_interval(secs => ${request.activateWithinSeconds})`;
  const [row] = await tx
    .insert(grants)
    .values({
      requestId: request.id,
      holderId: request.requesterId,
      sourceId: request.sourceId,
      tableId: request.tableId,
      records: [...scope.records],
      refs,
      fields: [...scope.fields],
      viewSeconds: scope.viewSeconds,
      activateBy: sql`greatest(clock_timestamp(), ${notBefore?.toISOString() ?? null}::timestamptz) + ${within}`,
      decidedHash: hash,
      policyVersion,
      ...bounds,
      createdAt: sql`clock_timestamp()`,
    })
    .returning({ id: grants.id, createdAt: grants.createdAt, activateBy: grants.activateBy });
  if (!row) throw new Error("The grant was not stored.");
  return { ...row, decidedHash: hash };
}

/** The first grant, if it is still open; whoever ends it at this moment ends what follows too. */
async function readRunning(tx: WriteTransaction, parentId: string) {
  const [running] = await tx
    .select({ endsAt: grants.endsAt, sessionId: grants.sessionId })
    .from(grants)
    .leftJoin(sessions, eq(sessions.id, grants.sessionId))
    .where(
      and(
        eq(grants.requestId, parentId),
        eq(grants.state, "active"),
        gt(grants.endsAt, sql`clock_timestamp()`),
        // One that ends because its session does leaves nothing to follow it in.
        sql`coalesce(${sessions.expiresAt} > ${grants.endsAt}, true)`,
      ),
    );
  return running?.endsAt ? { endsAt: running.endsAt, sessionId: running.sessionId } : null;
}
