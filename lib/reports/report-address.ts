import "server-only";
import { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import { kindOf } from "@/lib/reports/kinds";
import { isDiscreet } from "@/lib/reports/report";
import { readClock, readWanted, type Wanted } from "@/lib/reports/run-report";
import { openAsked, sealAsked } from "@/lib/reports/sealed-asked";

const LIFE_MS = 3_600_000;

/** A form of a discreet report: its kind as `report`, and its fields by their names. Empty ones are left out. */
export const askReportSchema = z
  .record(z.string().max(40), z.string().max(4_096))
  .transform(({ report = "", ...fields }): Wanted => {
    return { kind: report, params: Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) };
  });

/**
 * The address of a discreet report, for this person, for an hour. What cannot be asked is refused before it is sealed: a
 * value that was typed in the place of a token is in no address, not even sealed.
 */
export async function askReport(ctx: Context, wanted: Wanted): Promise<{ href: string }> {
  const { kind, asked } = readWanted(ctx, wanted);
  if (!isDiscreet(kind)) throw new Refusal("not-found");
  await asked.about(ctx);
  return { href: await discreetHref(ctx, wanted) };
}

/** The same for parameters that are made here and were typed by nobody. */
export async function discreetHref(ctx: Context, { kind, params }: Wanted): Promise<string> {
  const until = (await readClock(ctx)).getTime() + LIFE_MS;
  const asked = sealAsked(env().rootKey, { personId: ctx.actor.personId, kind }, { params, until });
  return `/reports/${kind}?${new URLSearchParams({ asked })}`;
}

/**
 * What an address asks for. Of a discreet kind it is what was sealed, and nothing else: `unread` names what is not read,
 * and `isOver` says that what was sealed is over, or not of this person.
 */
export async function readAddress(
  ctx: Context,
  kindId: string,
  address: Readonly<Record<string, string>>,
): Promise<{ params: Record<string, string>; unread: string[]; isOver: boolean }> {
  const kind = kindOf(kindId);
  if (!kind || !isDiscreet(kind)) return { params: { ...address }, unread: [], isOver: false };
  const { asked: sealed, ...others } = address;
  const unread = Object.keys(others);
  if (sealed === undefined || unread.length > 0) return { params: {}, unread, isOver: false };
  const asker = { personId: ctx.actor.personId, kind: kind.id };
  const params = openAsked(env().rootKey, asker, { sealed, now: (await readClock(ctx)).getTime() });
  return { params: params ?? {}, unread, isOver: params === null };
}
