import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { localText, momentAt, momentWords } from "@/lib/requests/local-moment";
import { START_WITHIN_DAYS } from "@/lib/requests/request";

/** When a request may be opened from: the moment, or why what was written is none that can be named. */
export type Start = {
  notBefore: Date | null;
  complaint: string | null;
  /** In words, where the reader is; null for at once. */
  words: string | null;
  /** What a form may offer, as a clock on the wall shows it there. */
  offered: { timeZone: string; earliest: string; latest: string };
};

/** Reads the time zone of whoever acts; that of everybody where they have none that is known. */
export async function readZone(db: ReadDatabase, ctx: Context): Promise<{ timeZone: string; now: Date }> {
  const [row] = await db
    .select({
      timeZone: people.timeZone,
      now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
    })
    .from(people)
    .where(eq(people.id, ctx.actor.personId));
  if (!row) throw new Error("Nobody is there.");
  return { timeZone: isKnown(row.timeZone) ? row.timeZone : "UTC", now: row.now };
}

/** What a form says of the start, read where its writer is and held against the clock of the database. */
export async function readStart(db: ReadDatabase, ctx: Context, text: string | undefined): Promise<Start> {
  const { timeZone, now } = await readZone(db, ctx);
  const latest = new Date(now.getTime() + START_WITHIN_DAYS * 86_400_000);
  const offered = { timeZone, earliest: localText(now, timeZone), latest: localText(latest, timeZone) };
  if (text === undefined) return { notBefore: null, complaint: null, words: null, offered };
  const at = momentAt(text, timeZone);
  const complaint = complaintAbout(at, now, latest);
  const notBefore = complaint === null ? at : null;
  return { notBefore, complaint, words: notBefore && momentWords(notBefore, timeZone), offered };
}

function complaintAbout(at: Date | null, now: Date, latest: Date): string | null {
  if (at === null) return "This is no moment. Give a day and a time.";
  if (at <= now) return "This moment is over. Leave it empty to open it as soon as it is approved.";
  return at > latest ? `At most ${START_WITHIN_DAYS} days ahead.` : null;
}

function isKnown(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en-GB", { timeZone }));
  } catch {
    return false;
  }
}
