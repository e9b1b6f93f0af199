import "server-only";
import { sql, type Column, type SQL } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";

/**
 * The last moment at which somebody else could have come into the account of this person: a new-password link for them
 * was made or used. Their seats in requests that were sent before it have ended (law 7). Null when there is none.
 */
export function lastReset(personId: string | Column): SQL<Date | null> {
  return sql`(SELECT max(greatest(l.created_at, l.used_at)) FROM one_time_links l
    WHERE l.person_id = ${personId} AND l.reset_by_id IS NOT NULL)`;
}

/** `lastReset` as it stands; read it inside the deciding transaction, with the person's row held. */
export async function readLastReset(
  db: Pick<ReadDatabase, "select">,
  personId: string,
): Promise<Date | null> {
  const at = lastReset(personId).mapWith((value: string) => new Date(value));
  const [row] = await db.select({ at }).from(sql`(SELECT) AS nothing`);
  return row?.at ?? null;
}
