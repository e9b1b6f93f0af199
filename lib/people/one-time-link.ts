import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
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
  purpose: LinkPurpose,
  personId: string | null,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await cancelLinks(tx, purpose, personId);
  await tx.insert(oneTimeLinks).values({
    tokenHash: hashOf(token),
    purpose,
    personId,
    expiresAt: sql`clock_timestamp() + make_interval(hours => ${LINK_HOURS[purpose]})`,
  });
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
