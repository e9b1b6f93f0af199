import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { readVoice, type Voice } from "@/lib/approvals/hold-thread";
import { isOpenToTalk, sealWords } from "@/lib/approvals/thread";
import type { Thread, ThreadEntry } from "@/lib/approvals/view";
import { parseEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { comments } from "@/lib/db/schema/comments";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { Refusal, refusalWords } from "@/lib/refusal";
import { findRequest } from "@/lib/requests/find-request";
import { mayReadRequest } from "@/lib/requests/may-read";
import { requestStateAt } from "@/lib/requests/request";

const MOST = 300;

/**
 * What was said about a request, oldest first, and what the reader may say: for those who may read the request. Words
 * that are not those whose seal is in the log are not shown.
 */
export async function readThread(ctx: Context, requestId: string): Promise<Thread> {
  const found = await findRequest(ctx.db, eq(requests.id, requestId));
  const { personId, roles } = ctx.actor;
  if (!found || !(await mayReadRequest(ctx.db, { personId, roles }, found.request)))
    throw new Refusal("not-found");
  const { request, requester, now } = found;
  const [rows, seals, voice] = await Promise.all([
    readRows(ctx, requestId),
    readSeals(ctx, requestId),
    readVoice(ctx.db, { personId, roles }, found),
  ]);
  const entries = rows.map((row): ThreadEntry => {
    const { id, kind, words, salt, saidAt } = row;
    return {
      ...{ id, kind, by: row.author, to: row.asker, answered: row.answered },
      isRequester: row.authorId === request.requesterId,
      mine: row.authorId === personId,
      words: seals.get(id) === sealWords(words, salt) ? words : null,
      at: saidAt.toISOString(),
    };
  });
  const open = rows.filter(({ kind, answered }) => kind === "question" && !answered);
  const state = requestStateAt(request, now);
  return {
    ...{ requestId, number: request.number, requester: requester.name, state, entries },
    isOpen: isOpenToTalk(found, now),
    mine: request.requesterId === personId,
    mayWrite: voice.whyNotWrite === null,
    whyNotAsk: whyNotAsk(
      voice,
      open.some(({ authorId }) => authorId === personId),
    ),
    openBy: [...new Set(open.map(({ author }) => author))],
    expiresInMs: state === "pending" ? request.expiresAt.getTime() - now.getTime() : 0,
    now: now.toISOString(),
  };
}

function whyNotAsk(voice: Voice, hasAsked: boolean): string | null {
  const why = voice.whyNotAsk ?? voice.whyNotWrite ?? (hasAsked ? "question-open" : null);
  return why && refusalWords(why).what;
}

async function readRows(ctx: Context, requestId: string) {
  return ctx.db
    .select({
      id: comments.id,
      kind: comments.kind,
      authorId: comments.authorId,
      author: people.name,
      words: comments.words,
      salt: comments.salt,
      saidAt: comments.saidAt,
      asker: sql<string | null>`(SELECT p.name FROM comments q JOIN people p ON p.id = q.author_id
        WHERE q.id = ${comments.answersId})`,
      answered: sql<boolean>`EXISTS (SELECT FROM comments a WHERE a.answers_id = ${comments.id})`,
    })
    .from(comments)
    .innerJoin(people, eq(people.id, comments.authorId))
    .where(eq(comments.requestId, requestId))
    .orderBy(asc(comments.saidAt), asc(comments.id))
    .limit(MOST);
}

/** What the log has of each of them, by its id. */
async function readSeals(ctx: Context, requestId: string): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.requestId, requestId),
        inArray(auditEvents.code, [
          "request.commented",
          "request.question_asked",
          "request.question_answered",
        ]),
      ),
    )
    .limit(MOST);
  return new Map(
    rows.map(({ entry }): [string, string] => {
      const { comment, seal } = parseEntry(entry).details ?? {};
      return [String(comment), String(seal)];
    }),
  );
}
