import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { holdPermission, holdRoles } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { sources } from "@/lib/db/schema/catalogue";
import { rolesAllow } from "@/lib/auth/permissions";
import { Refusal } from "@/lib/refusal";

/** Refuses unless a steward acts, or Glimpse itself: at the command line and for what the clock does. */
export async function holdSteward(tx: WriteTransaction, ctx: Context): Promise<void> {
  if (ctx.actor.kind !== "system") await holdPermission(tx, ctx, "catalog");
}

/** The steward who answers for a confirmation: the actor, or at the command line whom it names by e-mail. */
export async function answeringSteward(
  tx: WriteTransaction,
  ctx: Context,
  onBehalfOf?: string,
): Promise<{ id: string; name: string }> {
  if (ctx.actor.kind !== "system") {
    await holdPermission(tx, ctx, "catalog");
    return { id: ctx.actor.personId, name: ctx.actor.name };
  }
  const [person] = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.email, (onBehalfOf ?? "").trim().toLowerCase()));
  if (!person || !rolesAllow(await holdRoles(tx, person.id), "catalog")) throw new Refusal("not-permitted");
  return person;
}

export type HeldSource = {
  id: string;
  name: string;
  slug: string;
  version: number;
  scannedAt: Date | null;
  hardened: boolean;
};

/** A source, locked until the transaction ends so that changes to its catalogue come one after another. */
export async function holdSource(tx: WriteTransaction, sourceId: string): Promise<HeldSource> {
  const [source] = await tx
    .select({
      id: sources.id,
      name: sources.name,
      slug: sources.slug,
      version: sources.version,
      scannedAt: sources.scannedAt,
      hardened: sql<boolean>`${sources.revealSealed} IS NOT NULL`,
    })
    .from(sources)
    .where(and(eq(sources.id, sourceId), isNull(sources.removedAt)))
    .for("update");
  if (!source) throw new Refusal("not-found");
  return source;
}
