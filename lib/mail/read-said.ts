import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { readLapse } from "@/lib/campaigns/find-lapsing";
import { countToConfirm } from "@/lib/campaigns/list-to-confirm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { comments } from "@/lib/db/schema/comments";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { findAudience } from "@/lib/mail/find-audience";
import { kindOf, type MailKind } from "@/lib/mail/kinds";
import { momentWords } from "@/lib/mail/local-time";
import type { Claimed } from "@/lib/mail/outbox";
import type { Reader } from "@/lib/mail/read-people";
import type { MailFacts, Said } from "@/lib/mail/words";
import { howOf } from "@/lib/mail/wishes";
import { readDue } from "@/lib/reports/read-schedules";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { mayReadRequest } from "@/lib/requests/may-read";
import { tableLabel } from "@/lib/requests/table-label";

/**
 * What a notice says to this person at this moment; null when it is not for them any more: they lost the role or the
 * seat, may not read the request, do not want it now, or it is not so any more.
 */
export async function readSaid(ctx: Context, notice: Claimed, reader: Reader): Promise<Said | null> {
  const kind = kindOf(notice.kind);
  if (!kind || !rolesAllow(reader.roles, kind.for)) return null;
  if (howOf(notice.kind, kind, reader.wishes) === "never") return null;
  const audience = await findAudience(ctx, kind.to, notice);
  if (!audience.ids.includes(reader.id)) return null;
  const found =
    notice.requestId === null ? null : await findRequest(ctx.db, eq(requests.id, notice.requestId));
  const { id: personId, roles } = reader;
  if (found && !(await mayReadRequest(ctx.db, { personId, roles }, found.request))) return null;
  if (found && !isStill(kind.while, notice.about, found)) return null;
  if (found && kind.while === "unanswered" && !(await isUnanswered(ctx, found.request.id, notice.actorId)))
    return null;
  return kind.says(await factsOf(ctx, notice, found, kind, reader));
}

/** That a request waits and a review is not judged, their audiences have looked at. */
function isStill(what: MailKind["while"], about: string, { grant, extension, now }: FoundRequest): boolean {
  // More time follows by itself, so that nothing ends yet.
  const goesOn = extension?.grant === "ready" || extension?.grant === "active";
  if (what === "over") return !goesOn;
  if (what !== "grant-lives") return true;
  if (!grant) return false;
  if (about.endsWith(".lapse")) return grant.state === "ready" && grant.activateBy > now;
  return grant.state === "active" && grant.endsAt !== null && grant.endsAt > now && !goesOn;
}

/** Whether what this person asked about the request has no answer yet. */
async function isUnanswered(ctx: Context, requestId: string, askerId: string | null): Promise<boolean> {
  if (askerId === null) return false;
  const [row] = await ctx.db
    .select({ id: comments.id })
    .from(comments)
    .where(
      and(
        eq(comments.requestId, requestId),
        eq(comments.authorId, askerId),
        eq(comments.kind, "question"),
        sql`NOT EXISTS (SELECT FROM comments a WHERE a.answers_id = comments.id)`,
      ),
    )
    .limit(1);
  return row !== undefined;
}

async function factsOf(
  ctx: Context,
  notice: Claimed,
  found: FoundRequest | null,
  kind: MailKind,
  reader: Reader,
): Promise<MailFacts> {
  const access =
    kind.to === "confirmers"
      ? await countToConfirm(ctx.db, { personId: reader.id, roles: reader.roles })
      : null;
  const lapse = kind.to === "lapsing" ? await readLapse(ctx.db, reader.id) : null;
  const dueAt = (access ?? lapse)?.dueAt;
  const until = found ? untilOf(kind, found) : dueAt ? new Date(dueAt) : null;
  return {
    code: notice.code,
    number: found?.request.number ?? 0,
    ...{ access, lapse },
    table: found ? tableLabel(found.table) : "",
    requester: found?.requester.name ?? "",
    by: await nameOf(ctx, notice.actorId),
    report: kind.to === "subscribers" ? await readDue(ctx.db, Number(notice.about)) : null,
    until: until ? momentWords(until, reader.wishes.zone) : null,
  };
}

function untilOf({ while: what }: MailKind, { request, grant, review }: FoundRequest): Date | null {
  if (what === "waits") return request.expiresAt;
  if (what === "unjudged") return review?.dueAt ?? null;
  if (what === "grant-lives") return (grant?.state === "active" ? grant.endsAt : grant?.activateBy) ?? null;
  return null;
}

async function nameOf(ctx: Context, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const [person] = await ctx.db.select({ name: people.name }).from(people).where(eq(people.id, personId));
  return person?.name ?? null;
}
