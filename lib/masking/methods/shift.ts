import { z } from "zod";
import { bounded, whole } from "@/lib/masking/dots";
import { overHash, randomOf } from "@/lib/masking/hmac";
import type { MaskKind } from "@/lib/masking/kind";
import { comparableText, quoteColumn } from "@/lib/masking/sql";

type Shift = { method: "shift"; person: string; days?: number };

const daysOf = (wanted: number | undefined) => bounded(wanted, 14, 1_000, 182);

/**
 * A date moved by an offset that belongs to the person named by another column: all dates of one person move by the
 * same, in every table, so that what came before what, and how long after, stays. The offset is a day at least.
 */
export const shift: MaskKind<Shift> = {
  schema: z.strictObject({
    method: z.literal("shift"),
    person: z.string().min(1).max(63),
    days: z.int().min(14).max(1_000).exactOptional(),
  }),
  id: "shift",
  openness: "moved",
  letter: "s",
  key: "person",
  usual: [],
  costNs: 1_000,
  fits: ({ category }) => category === "date" || category === "timestamp",
  compile: ({ sql, type, keys }, { person, days }, sink) => {
    if (keys === undefined) return whole;
    const who = comparableText(quoteColumn(person));
    const isDate = type.category === "date";
    const second = isDate ? 1 : 86_400;
    const range = sink.bind((daysOf(days) - 1) * second, "int4");
    const shown = overHash(who, keys, sink, (_, hash) => {
      const by = `(1 - 2 * (get_byte(${hash}, 3) & 1)) * (${second} + ${randomOf(hash)} % ${range})`;
      return isDate
        ? `to_char(${sql} + ${by}, 'YYYY-MM-DD')`
        : `to_char(${sql} + make_interval(secs => ${by}), 'YYYY-MM-DD HH24:MI')`;
    });
    const isNear = `${sql} >= '0010-01-01' AND ${sql} < '9990-01-01'`;
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${who} IS NOT NULL AND octet_length(${who}) <= 3000 AND ${isNear}
      THEN ${shown} ELSE ${whole} END`;
  },
  variant: ({ person, days }) => `${daysOf(days)} ${person}`,
  name: ({ person }) => `shifted by ${person}`,
  says: ({ person, days }) =>
    `Another date, moved by up to ${daysOf(days)} days and for one ${person} always by the same. Gives away the order of dates of one person, the time between them, and whether there is a date.`,
};
