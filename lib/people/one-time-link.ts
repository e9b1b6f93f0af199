import "server-only";
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { oneTimeLinks } from "@/lib/db/schema/people";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";

export type LinkPurpose = "first-admin" | "invite";

const LINK_HOURS = { "first-admin": 24, invite: 72 } as const satisfies Record<LinkPurpose, number>;
const PAGES = { "first-admin": "/welcome", invite: "/join" } as const satisfies Record<LinkPurpose, string>;

/**
 * A link that works once and for a while; those made before for the same purpose and person work no more. The
 * database keeps a hash of its 256 random bits: whoever reads our tables cannot use it.
 */
export async function makeLink(
  tx: WriteTransaction,
  purpose: "invite",
  personId: string,
  resetById: string | null = null,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await cancelLinks(tx, purpose, personId);
  await tx.insert(oneTimeLinks).values({
    tokenHash: hashOf(token),
    purpose,
    personId,
    resetById,
    expiresAt: sql`clock_timestamp() + make_interval(hours => ${LINK_HOURS[purpose]})`,
  });
  return linkOf(purpose, token);
}

/**
 * The link of the first admin: the same one for every start while it works, so that of instances that start together
 * each prints one that works. Its token follows from our key and from when it ends, which nobody reads in our tables.
 */
export async function firstAdminLink(tx: WriteTransaction): Promise<{ link: string; again: boolean }> {
  const purpose = "first-admin";
  const [made] = await tx
    .select({ tokenHash: oneTimeLinks.tokenHash, expiresAt: oneTimeLinks.expiresAt })
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.purpose, purpose), working()))
    .orderBy(desc(oneTimeLinks.expiresAt))
    .limit(1);
  // One that was made under another key, or by an older version, cannot be printed again: it is replaced.
  if (made && hashOf(firstAdminToken(made.expiresAt)).equals(made.tokenHash)) {
    return { link: linkOf(purpose, firstAdminToken(made.expiresAt)), again: true };
  }
  await cancelLinks(tx, purpose, null);
  const expiresAt = await inHours(tx, LINK_HOURS[purpose]);
  const token = firstAdminToken(expiresAt);
  await tx.insert(oneTimeLinks).values({ tokenHash: hashOf(token), purpose, personId: null, expiresAt });
  return { link: linkOf(purpose, token), again: false };
}

function firstAdminToken(expiresAt: Date): string {
  const bytes = hkdfSync("sha256", env().rootKey, expiresAt.toISOString(), "glimpse first admin link", 32);
  return Buffer.from(bytes).toString("base64url");
}

/** To the millisecond, as it will be read again. */
async function inHours(tx: WriteTransaction, hours: number): Promise<Date> {
  const [row] = await tx
    .select({ now: sql<Date>`clock_timestamp()`.mapWith(oneTimeLinks.expiresAt) })
    .from(sql`(SELECT) AS nothing`);
  if (!row) throw new Error("The database told no time.");
  return new Date(row.now.getTime() + hours * 3_600_000);
}

function linkOf(purpose: LinkPurpose, token: string): string {
  return `${new URL(PAGES[purpose], env().publicUrl).href}?token=${token}`;
}

/** Ends the links of a purpose and person that still work. */
export async function cancelLinks(
  tx: WriteTransaction,
  purpose: LinkPurpose,
  personId: string | null,
): Promise<void> {
  const whose = personId ? eq(oneTimeLinks.personId, personId) : isNull(oneTimeLinks.personId);
  await tx
    .update(oneTimeLinks)
    .set({ expiresAt: sql`clock_timestamp()` })
    .where(and(eq(oneTimeLinks.purpose, purpose), whose, working()));
}

/** Uses a link up and returns whose it was. Of two who come with the same link, one gets in. */
export async function takeLink(
  tx: WriteTransaction,
  purpose: LinkPurpose,
  token: string,
): Promise<string | null> {
  const [link] = await tx
    .update(oneTimeLinks)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(and(eq(oneTimeLinks.tokenHash, hashOf(token)), eq(oneTimeLinks.purpose, purpose), working()))
    .returning({ personId: oneTimeLinks.personId });
  if (!link) throw new Refusal("link-invalid");
  return link.personId;
}

/** Whose a link is, if it still works. Looking does not use it up: mail scanners and previews look first. */
export async function lookAtLink(
  ctx: Pick<Context, "db">,
  purpose: LinkPurpose,
  token: string,
): Promise<{ personId: string | null } | null> {
  const [link] = await ctx.db
    .select({ personId: oneTimeLinks.personId })
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.tokenHash, hashOf(token)), eq(oneTimeLinks.purpose, purpose), working()));
  return link ?? null;
}

function working() {
  return and(isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, sql`clock_timestamp()`));
}

// 256 random bits need no salt and no slow hash: nobody can try them all.
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
