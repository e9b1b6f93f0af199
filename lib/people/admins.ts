import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

const PEOPLE_CHANGE_ONE_AT_A_TIME = 4_711_001;

/** Changes of people wait for one another: two admins who demote each other at once must not both succeed. */
export async function onePeopleChange(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${PEOPLE_CHANGE_ONE_AT_A_TIME})`);
}

/** Lets one admin at a time change somebody else; nobody changes their own rights (law 7). */
export async function holdAdmin(tx: WriteTransaction, ctx: Context, whom: string): Promise<void> {
  await onePeopleChange(tx);
  await holdPermission(tx, ctx, "people");
  // An id may come in capitals, and is the same.
  if (whom.toLowerCase() === ctx.actor.personId) throw new Refusal("own-rights");
}

/** Refuses when no active admin would be left without this person. Call with `onePeopleChange` held. */
export async function refuseLastAdmin(tx: WriteTransaction, without: string): Promise<void> {
  if (!(await hasAdmin(tx, without))) throw new Refusal("last-admin");
}

/** Whether there is an active admin, besides the one named. */
export async function hasAdmin(db: Pick<Context["db"], "select">, besides?: string): Promise<boolean> {
  const [admin] = await db
    .select({ id: people.id })
    .from(people)
    .innerJoin(personRoles, eq(personRoles.personId, people.id))
    .where(
      and(
        eq(personRoles.role, "admin"),
        eq(people.state, "active"),
        besides === undefined ? undefined : ne(people.id, besides),
      ),
    )
    .limit(1);
  return admin !== undefined;
}
