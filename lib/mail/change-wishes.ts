import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { mailWishes } from "@/lib/db/schema/mail";
import { people } from "@/lib/db/schema/people";
import { env } from "@/lib/env";
import { hows, kindNames, mailKinds, type How, type KindName, type MailKind } from "@/lib/mail/kinds";
import { wishesOf } from "@/lib/mail/read-people";
import type { WishesView, WishLine } from "@/lib/mail/view";
import { howOf } from "@/lib/mail/wishes";
import { Refusal } from "@/lib/refusal";
import { rolesAllow } from "@/lib/auth/permissions";

/** The kinds that somebody may say something about: a message to try is asked for each time. */
const wishKinds = kindNames.filter((name) => name !== "test");

const hour = z.coerce.number("Choose an hour.").int().min(0).max(23);
const hourOrNone = z.union([z.literal("").transform(() => null), hour]);
const choice = (name: KindName) =>
  z
    .enum(hows, "Choose one.")
    .refine((how) => allows(name, how), { error: "This cannot be chosen here." })
    .optional();

export const wishesSchema = z
  .object({
    ...(Object.fromEntries(wishKinds.map((name) => [name, choice(name)])) as Record<
      KindName,
      ReturnType<typeof choice>
    >),
    digestHour: hour,
    quietFrom: hourOrNone,
    quietUntil: hourOrNone,
    version: z.coerce.number().int().min(0),
  })
  .refine(({ quietFrom, quietUntil }) => (quietFrom === null) === (quietUntil === null), {
    error: "Choose both hours, or none of them.",
    path: ["quietUntil"],
  })
  .refine(({ quietFrom, quietUntil }) => quietFrom === null || quietFrom !== quietUntil, {
    error: "Quiet hours have to end at another hour than they begin.",
    path: ["quietUntil"],
  });

function allows(name: KindName, how: How): boolean {
  return (mailKinds[name] as MailKind).choices.includes(how);
}

/** Changes what one is told by e-mail and when: one's own wishes and nobody else's. It counts for what happens from now on. */
export async function changeWishes(ctx: Context, input: z.infer<typeof wishesSchema>): Promise<void> {
  const personId = ctx.actor.personId;
  const chosen = wishKinds.flatMap((name) =>
    input[name] === undefined ? [] : [[name, input[name]] as const],
  );
  const { digestHour, quietFrom, quietUntil } = input;
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "settings");
    const [before] = await tx
      .select({ choices: mailWishes.choices })
      .from(mailWishes)
      .where(eq(mailWishes.personId, personId))
      .for("update");
    // What the form did not show, because a role is missing now, stays as it was said.
    const choices = { ...before?.choices, ...Object.fromEntries(chosen) };
    const values = { choices, digestHour, quietFrom, quietUntil };
    const changed = before
      ? await tx
          .update(mailWishes)
          .set({ ...values, version: sql`${mailWishes.version} + 1` })
          .where(and(eq(mailWishes.personId, personId), eq(mailWishes.version, input.version)))
          .returning({ id: mailWishes.personId })
      : await tx
          .insert(mailWishes)
          .values({ personId, ...values })
          .onConflictDoNothing()
          .returning({ id: mailWishes.personId });
    if (changed.length === 0) throw new Refusal("changed-meanwhile");
    const details = {
      ...Object.fromEntries(chosen),
      digestHour,
      quiet: quietFrom === null ? "none" : `${quietFrom} to ${quietUntil}`,
    };
    return { result: undefined, event: { code: "mail.wishes_changed", details } };
  });
}

/** One's own wishes: of the kinds that one's roles may bring. */
export async function readWishes(ctx: Context): Promise<WishesView> {
  const [row] = await ctx.db
    .select({
      email: people.email,
      zone: people.timeZone,
      choices: mailWishes.choices,
      digestHour: mailWishes.digestHour,
      quietFrom: mailWishes.quietFrom,
      quietUntil: mailWishes.quietUntil,
      version: mailWishes.version,
    })
    .from(people)
    .leftJoin(mailWishes, eq(mailWishes.personId, people.id))
    .where(eq(people.id, ctx.actor.personId));
  if (!row) throw new Refusal("not-found");
  const wishes = wishesOf(row);
  return {
    lines: wishKinds
      .filter((name) => rolesAllow(ctx.actor.roles, mailKinds[name].for))
      .map((name) => lineOf(name, mailKinds[name], wishes.choices)),
    digestHour: wishes.digestHour,
    quietFrom: row.quietFrom,
    quietUntil: row.quietUntil,
    zone: row.zone,
    email: row.email,
    version: row.version ?? 0,
    isOn: env().mail !== null,
  };
}

const labels: Readonly<Record<How, string>> = { now: "At once", digest: "In the digest", never: "Never" };

function lineOf(name: KindName, kind: MailKind, choices: Readonly<Record<string, string>>): WishLine {
  return {
    kind: name,
    title: kind.title,
    help: [kind.help, kind.fixed].filter(Boolean).join(" "),
    chosen: howOf(name, kind, { choices }),
    choices: hows
      .filter((how) => kind.choices.includes(how))
      .map((how) => ({ value: how, label: labels[how] })),
    urgent: kind.urgent === true,
  };
}
