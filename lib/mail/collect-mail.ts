import "server-only";
import { and, asc, gt, inArray, lte } from "drizzle-orm";
import type { EventCode } from "@/lib/audit/codes";
import { parseEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";
import { findAudience, type Cause } from "@/lib/mail/find-audience";
import { kindsOn, mailKinds, toldCodes, type KindName, type MailKind } from "@/lib/mail/kinds";
import { keepNotices, moveMark, readMark, type Notice } from "@/lib/mail/outbox";
import { readReaders } from "@/lib/mail/read-people";
import { plannedAt } from "@/lib/mail/wishes";

const BATCH = 200;

/** What is to be told, before anybody has looked to whom. */
export type Told = Cause & {
  kind: KindName;
  code: EventCode | null;
  /** Of which nobody is told twice. */
  about: string;
};

/**
 * Reads what happened since the mark and keeps one notice for each person, kind and event. Events have no gaps and show
 * in their order, so that none is passed over. Whoever is killed in between leaves the mark where it was, and of several
 * at once all keep the same notices, once.
 */
export async function collectMail(ctx: Context, now: Date): Promise<"done" | "again"> {
  const mark = await readMark();
  const last = await readLast(ctx);
  const events = await ctx.db
    .select({
      seq: auditEvents.seq,
      requestId: auditEvents.requestId,
      actorId: auditEvents.actorId,
      entry: auditEvents.entry,
    })
    .from(auditEvents)
    .where(
      and(gt(auditEvents.seq, mark), lte(auditEvents.seq, last), inArray(auditEvents.code, [...toldCodes])),
    )
    .orderBy(asc(auditEvents.seq))
    .limit(BATCH);
  for (const { seq, entry, requestId, actorId } of events) {
    const { code, approvers = [] } = parseEntry(entry);
    const namedIds = approvers.map(({ id }) => id);
    for (const kind of kindsOn(code))
      await tell(ctx, { kind, code, about: String(seq), requestId, actorId, namedIds }, now);
  }
  const isFull = events.length === BATCH;
  await moveMark(mark, isFull ? (events.at(-1)?.seq ?? mark) : last);
  return isFull ? "again" : "done";
}

/** Passes over what has happened: where no mail is sent, nothing waits for the day when it is. */
export async function skipMail(ctx: Context): Promise<void> {
  await moveMark(await readMark(), await readLast(ctx));
}

/** The number of the newest event. */
export async function readLast(ctx: Context): Promise<number> {
  const [head] = await ctx.db.select({ size: auditHead.size }).from(auditHead);
  return (head?.size ?? 0) - 1;
}

/** Keeps a notice for each person of the audience who may, and wants to, be told of it. */
export async function tell(ctx: Context, told: Told, now: Date): Promise<void> {
  const kind: MailKind = mailKinds[told.kind];
  const audience = await findAudience(ctx, kind.to, told);
  const about = kind.once === "step" ? `${told.requestId}.${audience.step}` : told.about;
  const readers = await readReaders(ctx, audience.ids);
  const notices = [...readers.values()].flatMap((reader): Notice[] => {
    const dueAt = rolesAllow(reader.roles, kind.for) ? plannedAt(told.kind, reader.wishes, now) : null;
    if (dueAt === null) return [];
    const { code, requestId, actorId } = told;
    const urgent = kind.urgent === true && dueAt.getTime() === now.getTime();
    return [{ personId: reader.id, kind: told.kind, about, code, requestId, actorId, urgent, dueAt }];
  });
  await keepNotices(notices);
}
