import { z } from "zod";
import { dataClass } from "@/lib/catalog/classes";

const word = z.string().min(1).max(120);
const count = z.int().min(0).max(1_000_000);

const fieldSignal = z.strictObject({
  name: word,
  class: word,
  sensitivity: z.int(),
  level: z.enum(["partial", "full"]),
  /** A class of the stewards' own: whether it opens at all was asked of the catalogue when it was sent. */
  own: z.boolean().exactOptional(),
  /** The group of such a class; of a built-in one it is known. */
  group: word.exactOptional(),
});

/**
 * All that a policy may know of a request, frozen with it when it is sent, so that any policy can be asked about it
 * later. Null is what could not be found out: a missing signal. Holds no value of a source and no reason.
 */
export const signalsSchema = z.strictObject({
  purpose: word,
  ticket: z.boolean(),
  records: count,
  allMatching: z.boolean().default(false),
  viewSeconds: z.int().min(1).max(1800),
  breakGlass: z.boolean().default(false),
  channel: word.default("console"),
  /** Of a request for more time: whether the policy had granted the first one at once. */
  extension: z.strictObject({ automatic: z.boolean() }).exactOptional(),
  fields: z.array(fieldSignal).min(1).max(100),
  requester: z.strictObject({
    roles: z.array(word).max(20).default(["agent"]),
    groups: z.array(word).max(100).default([]),
  }),
  table: z.strictObject({ source: word, schema: word, name: word }),
  /** Whether they were never granted anything of this table before. */
  firstOnTable: z.boolean().nullable(),
  /** Whether nobody of their earlier sessions came from a browser like this one. */
  newDevice: z.boolean().nullable(),
  /** Distinct records that they opened in 7 days or may open now: what they have seen of people lately. */
  subjectsSeen: count.nullable(),
  /** Requests of theirs that were denied in 30 days. */
  denials: count.nullable(),
  /** Minutes since they gave their password, at sign-in or again. */
  signedInMinutes: count.nullable(),
  /** Their own hour of the day, 0 to 23, and day of the week, 1 for Monday to 7. */
  hour: z.int().min(0).max(23).nullable(),
  weekday: z.int().min(1).max(7).nullable(),
});

export type RequestSignals = z.output<typeof signalsSchema>;

/** Hour and day of the week of a moment in a time zone; both missing where the zone is none. */
export function localTime(at: Date, timeZone: string): Pick<RequestSignals, "hour" | "weekday"> {
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      hourCycle: "h23",
      weekday: "short",
    });
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const weekday = weekdays.indexOf(parts.get("weekday") ?? "") + 1;
    const hour = Number(parts.get("hour"));
    return Number.isInteger(hour) && weekday > 0 ? { hour, weekday } : { hour: null, weekday: null };
  } catch {
    return { hour: null, weekday: null };
  }
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether values of this class open for nobody, whatever a policy says; a class that is not known is one of them. */
export function opensForNobody(field: RequestSignals["fields"][number]): boolean {
  if (field.own === true) return false;
  return (dataClass(field.class)?.maxRevealMinutes ?? 0) <= 0;
}
