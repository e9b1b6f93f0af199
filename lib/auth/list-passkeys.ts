import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import type { PasskeyView } from "@/lib/auth/view";
import { passkeys } from "@/lib/db/schema/passkeys";
import { Refusal } from "@/lib/refusal";

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
