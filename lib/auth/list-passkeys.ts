import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { FRESH_MINUTES, isPasswordFresh } from "@/lib/auth/fresh-password";
import { rolesAllow } from "@/lib/auth/permissions";
import { isPasskeyFresh } from "@/lib/auth/prove-passkey";
import type { OwnPasskeys, PasskeyView } from "@/lib/auth/view";
import { passkeys } from "@/lib/db/schema/passkeys";
import { Refusal } from "@/lib/refusal";

/** One's own passkeys, and whether the password has to be given, or one of them used, before they are changed. */
export async function readOwnPasskeys(ctx: Context): Promise<OwnPasskeys> {
  const now = sql<Date>`clock_timestamp()`.mapWith(passkeys.addedAt);
  const [list, [row]] = await Promise.all([
    listPasskeys(ctx, ctx.actor.personId),
    ctx.db
      .select({ fresh: isPasswordFresh(ctx, FRESH_MINUTES), used: isPasskeyFresh(ctx, FRESH_MINUTES), now })
      .from(sql`(SELECT 1) AS once`),
  ]);
  if (!row) throw new Error("The clock was not read.");
  const asksPasskey = list.length > 0 && !row.used;
  return { passkeys: list, asksPassword: !row.fresh, asksPasskey, now: row.now.toISOString() };
}

/** The passkeys of a person, oldest first: one's own, or anybody's for an admin. */
export async function listPasskeys(ctx: Context, personId: string): Promise<PasskeyView[]> {
  if (personId !== ctx.actor.personId && !rolesAllow(ctx.actor.roles, "people"))
    throw new Refusal("not-permitted");
  const rows = await ctx.db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      addedAt: passkeys.addedAt,
      usedAt: passkeys.usedAt,
    })
    .from(passkeys)
    .where(and(eq(passkeys.personId, personId), isNull(passkeys.removedAt)))
    .orderBy(asc(passkeys.addedAt));
  return rows.map(({ addedAt, usedAt, ...row }) => ({
    ...row,
    addedAt: addedAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }));
}
