import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { listJudges } from "@/lib/anomalies/list-judges";
import { lastReset } from "@/lib/approvals/seat";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import { findLapsing } from "@/lib/campaigns/find-lapsing";
import { findConfirmers } from "@/lib/campaigns/list-to-confirm";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { comments } from "@/lib/db/schema/comments";
import { people } from "@/lib/db/schema/people";
import { escalations, requests } from "@/lib/db/schema/requests";
import type { Audience } from "@/lib/mail/kinds";
import { readDue } from "@/lib/reports/read-schedules";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { readSeated } from "@/lib/requests/read-seats";
import { readStanding } from "@/lib/requests/read-standing";
import { requestStateAt } from "@/lib/requests/request";

/** What brought a notice about: an event of the log, or the clock. */
export type Cause = {
  requestId: string | null;
  actorId: string | null;
  /** Whom the event names; not kept, so that it is not known any more when a notice is sent. */
  namedIds?: readonly string[];
  /** The number of the event, where one brought it about. */
  about?: string;
};

/** Those of an audience at this moment, and the step of the request that waits; nobody where there is no request. */
export type Found = { ids: readonly string[]; step: number };

const nobody: Found = { ids: [], step: 0 };

/** Who is to be told, by the rights of this moment; whether they still are is looked at again when it is sent. */
export async function findAudience(ctx: Context, to: Audience, cause: Cause): Promise<Found> {
  if (to === "confirmers") return { ids: await findConfirmers(ctx.db), step: 0 };
  if (to === "lapsing") return { ids: await findLapsers(ctx, Number(cause.about)), step: 0 };
  if (to === "actor") return { ids: cause.actorId === null ? [] : [cause.actorId], step: 0 };
  if (to === "person") return { ids: await findPerson(ctx, Number(cause.about)), step: 0 };
  if (to === "auditors") return { ids: await listJudges(ctx, Number(cause.about)), step: 0 };
  if (to === "subscribers")
    return { ids: (await readDue(ctx.db, Number(cause.about)))?.readerIds ?? [], step: 0 };
  const found = cause.requestId === null ? null : await findRequest(ctx.db, eq(requests.id, cause.requestId));
  if (!found) return nobody;
  switch (to) {
    case "requester":
      return { ids: [found.request.requesterId], step: 0 };
    case "told":
      return { ids: await findTold(ctx, found), step: 0 };
    case "askers":
      return { ids: await findAskers(ctx, found, cause), step: 0 };
    case "skipped":
      return { ids: others(found, found.review?.skippedIds ?? []), step: 0 };
    case "reviewers":
      return { ids: await findReviewers(ctx, found), step: 0 };
    case "deciders":
      return findDeciders(ctx, found);
  }
}

/** The person whom an event was about. */
async function findPerson(ctx: Context, seq: number): Promise<string[]> {
  const id = (await readEvent(ctx, seq))?.subject?.id;
  return id ? [id] : [];
}

/** Those whose access goes at the end of the campaign that an event was about. */
async function findLapsers(ctx: Context, seq: number): Promise<string[]> {
  const campaign = (await readEvent(ctx, seq))?.details?.["campaign"];
  return typeof campaign === "string" ? findLapsing(ctx.db, campaign) : [];
}

async function readEvent(ctx: Context, seq: number): Promise<AuditEntry | null> {
  if (!Number.isSafeInteger(seq)) return null;
  const [event] = await ctx.db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(eq(auditEvents.seq, seq));
  return event ? parseEntry(event.entry) : null;
}

/** Those who may decide the step that waits: never the requester, never who has voted, never a seat that a new link ended. */
async function findDeciders(ctx: Context, found: FoundRequest): Promise<Found> {
  const { request, now } = found;
  if (requestStateAt(request, now) !== "pending") return nobody;
  const standing = await readStanding(ctx.db, found);
  const ids = others(found, standing.done ? [] : standing.people.map(({ id }) => id));
  const rows = await ctx.db
    .select({ id: people.id })
    .from(people)
    .where(
      sql`${people.id} = ANY (${`{${ids.join(",")}}`}::uuid[])
        AND ${request.createdAt.toISOString()}::timestamptz > coalesce(${lastReset(people.id)}, '-infinity')`,
    );
  return { ids: rows.map(({ id }) => id), step: standing.step };
}

/** Those whom an escalation told, while the request waits. */
async function findTold(ctx: Context, found: FoundRequest): Promise<string[]> {
  if (requestStateAt(found.request, found.now) !== "pending") return [];
  const rows = await ctx.db
    .select({ toldIds: escalations.toldIds })
    .from(escalations)
    .where(eq(escalations.requestId, found.request.id));
  return others(
    found,
    rows.flatMap(({ toldIds }) => toldIds),
  );
}

/** Those who have asked about a request; of a single answer, whose question it was. */
async function findAskers(ctx: Context, { request }: FoundRequest, { namedIds }: Cause): Promise<string[]> {
  const rows = await ctx.db
    .selectDistinct({ id: comments.authorId })
    .from(comments)
    .where(and(eq(comments.requestId, request.id), eq(comments.kind, "question")));
  const ids = rows.map(({ id }) => id);
  return namedIds ? ids.filter((id) => namedIds.includes(id)) : ids;
}

/** Those who may judge what opened at once, while nobody has. */
async function findReviewers(ctx: Context, found: FoundRequest): Promise<string[]> {
  const { review, request } = found;
  if (!review || review.reviewedAt !== null) return [];
  const seated = await readSeated(ctx.db, request.requesterId, review.audience);
  return others(
    found,
    seated.map(({ id }) => id),
  );
}

const others = ({ request }: FoundRequest, ids: readonly string[]) =>
  ids.filter((id) => id !== request.requesterId);
