import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { mailWishes } from "@/lib/db/schema/mail";
import { people, personRoles, type Role } from "@/lib/db/schema/people";
import { usualWishes, type Wishes } from "@/lib/mail/wishes";

/** Somebody who may be written to, with the roles and the wishes of this moment. */
export type Reader = { id: string; name: string; email: string; roles: readonly Role[]; wishes: Wishes };

/** The active ones of these people, by id: whoever was disabled or has not joined is not there. */
export async function readReaders(ctx: Context, ids: readonly string[]): Promise<Map<string, Reader>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      state: people.state,
      zone: people.timeZone,
      roles: sql<
        Role[]
      >`ARRAY(SELECT a.role FROM ${personRoles} a WHERE a.person_id = ${people.id} ORDER BY a.role)`,
      choices: mailWishes.choices,
      digestHour: mailWishes.digestHour,
      quietFrom: mailWishes.quietFrom,
      quietUntil: mailWishes.quietUntil,
    })
    .from(people)
    .leftJoin(mailWishes, eq(mailWishes.personId, people.id))
    .where(inArray(people.id, [...ids]));
  const active = rows.filter(({ state }) => state === "active");
  return new Map(
    active.map((row) => [row.id, { ...pick(row), wishes: { ...wishesOf(row), zone: row.zone } }]),
  );
}

const pick = ({ id, name, email, roles }: Omit<Reader, "wishes">) => ({ id, name, email, roles });

type Stored = {
  choices: Record<string, string> | null;
  digestHour: number | null;
  quietFrom: number | null;
  quietUntil: number | null;
};

/** What is stored of somebody's wishes; the usual ones where nothing is. */
export function wishesOf({ choices, digestHour, quietFrom, quietUntil }: Stored): Omit<Wishes, "zone"> {
  return {
    choices: choices ?? usualWishes.choices,
    digestHour: digestHour ?? usualWishes.digestHour,
    quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
  };
}

/** The time of the control database. */
export async function readClock(ctx: Context): Promise<Date> {
  const [row] = await ctx.db
    .select({ now: sql<Date>`clock_timestamp()`.mapWith((text: string) => new Date(text)) })
    .from(sql`(SELECT) AS nothing`);
  if (!row) throw new Error("The control database has no time.");
  return row.now;
}
