import { hows, kindOf, type How, type MailKind } from "@/lib/mail/kinds";
import { minuteOfDay, nextLocalHour } from "@/lib/mail/local-time";

/** What somebody wants to be told and when; hours of their own time zone. */
export type Wishes = {
  /** By kind; what is not here is as usual. */
  choices: Readonly<Record<string, string>>;
  digestHour: number;
  quiet: { from: number; until: number } | null;
  zone: string;
};

/** The wishes of somebody who has not said any. */
export const usualWishes = { choices: {}, digestHour: 8, quiet: null } as const;

/** How somebody is told of a kind: as they said, where that kind allows it. */
export function howOf(name: string, kind: MailKind, { choices }: Pick<Wishes, "choices">): How {
  const said = Object.hasOwn(choices, name) ? choices[name] : undefined;
  const how = hows.find((one) => one === said);
  return how !== undefined && kind.choices.includes(how) ? how : kind.usual;
}

/**
 * When somebody is told of something that happened now: at once, at the hour of their digest, or not at all (null); and
 * after their quiet hours, but for what is urgent.
 */
export function plannedAt(name: string, wishes: Wishes, now: Date): Date | null {
  const kind = kindOf(name);
  const how = kind && howOf(name, kind, wishes);
  if (!how || how === "never") return null;
  if (how === "digest") return afterQuiet(nextLocalHour(wishes.digestHour, wishes.zone, now), wishes);
  return kind.urgent ? now : afterQuiet(now, wishes);
}

/** The moment itself, or the end of the quiet hours that it falls into. */
export function afterQuiet(at: Date, { quiet, zone }: Pick<Wishes, "quiet" | "zone">): Date {
  if (!quiet) return at;
  const minute = minuteOfDay(at, zone);
  const [from, until] = [quiet.from * 60, quiet.until * 60];
  const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  return isQuiet ? nextLocalHour(quiet.until, zone, at) : at;
}
