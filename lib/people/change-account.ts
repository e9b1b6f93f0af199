import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { people } from "@/lib/db/schema/people";
import { isKnownZone } from "@/lib/people/known-zone";
import { nameInput, timeZoneInput, versionInput } from "@/lib/people/person-input";
import type { Account } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";

export const accountSchema = z.object({ name: nameInput, timeZone: timeZoneInput, version: versionInput });

/** Changes one's own name and time zone, and nothing else of oneself; the record keeps the names of before. */
export async function changeAccount(ctx: Context, input: z.infer<typeof accountSchema>): Promise<void> {
  const me = ctx.actor.personId;
  await recorded(ctx, async (tx) => {
    if (!(await isKnownZone(tx, input.timeZone)))
      throw new Refusal("bad-input", { timeZone: "There is no such time zone." });
    const [changed] = await tx
      .update(people)
      .set({ name: input.name, timeZone: input.timeZone, version: sql`${people.version} + 1` })
      .where(and(eq(people.id, me), eq(people.version, input.version), eq(people.state, "active")))
      .returning({ id: people.id });
    if (!changed) throw new Refusal("changed-meanwhile");
    const details = { name: input.name, timeZone: input.timeZone };
    return { result: undefined, event: { code: "person.changed", details } };
  });
}

/** What one may see and change of oneself. */
export async function readAccount(ctx: Context): Promise<Account> {
  const [account] = await ctx.db
    .select({ name: people.name, email: people.email, timeZone: people.timeZone, version: people.version })
    .from(people)
    .where(eq(people.id, ctx.actor.personId));
  if (!account) throw new Refusal("not-found");
  return account;
}
