import { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import { bounded, whole } from "@/lib/masking/dots";
import { overHash, randomOf } from "@/lib/masking/hmac";
import type { MaskKeys } from "@/lib/masking/keys";
import type { MaskInput, MaskKind } from "@/lib/masking/kind";
import { comparableText, type SqlSink } from "@/lib/masking/sql";
import { figure } from "@/lib/masking/words";

/** Numbers beyond this many are not told apart: a label of any length would tell how long the number is. */
const most = 1_000_000_000_000_000n;

const isNumber = ({ category }: ColumnType) => category === "number" || category === "money";

const size = z.int().min(5).max(1_000_000_000).exactOptional();
const widthOf = (wanted: number | undefined) =>
  wanted !== undefined && wanted < 5 ? 10_000 : bounded(wanted, 5, 1_000_000_000, 10_000);

const label = (number: string) => `to_char(${number}, 'FM9,999,999,999,999,999,990')`;

/** `branches` of a CASE for a finite number that is not too great; dots for all others, NULL for NULL. */
function ofFinite({ sql, type }: MaskInput, branches: (value: string) => string): string {
  const isFloat = type.base.name === "float4" || type.base.name === "float8";
  const limit = isFloat ? `'${most}'::float8` : `'${most}'::numeric`;
  // Compared in the column's own kind: a float may be infinite, which numeric cannot hold before version 14.
  const value = isFloat ? `${sql}::float8` : `${sql}::numeric`;
  return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${value} = 'NaN' THEN ${whole}
    WHEN ${value} >= ${limit} OR ${value} <= -${limit} THEN ${whole} ${branches(value)} END`;
}

type Bucket = { method: "generalise"; to: "bucket"; size?: number };

/** The range a number falls into, such as `40,000–49,999`. */
export const bucket: MaskKind<Bucket> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("bucket"), size }),
  id: "generalise bucket",
  openness: "range",
  letter: "g",
  usual: [10, 100, 1_000, 10_000].map((width) => ({ method: "generalise", to: "bucket", size: width })),
  costNs: 900,
  fits: isNumber,
  compile: (input, mask, sink) => {
    const width = sink.bind(widthOf(mask.size), "numeric");
    const low = `floor(${input.sql}::numeric / ${width}) * ${width}`;
    const high = `${low} + ${width} - 1`;
    return ofFinite(
      input,
      (value) =>
        `WHEN ${value} < 0 THEN ${label(low)} || ' to ' || ${label(high)} ELSE ${label(low)} || '–' || ${label(high)}`,
    );
  },
  variant: (mask) => String(widthOf(mask.size)),
  name: (mask) => `range of ${figure(widthOf(mask.size))}`,
  says: (mask) =>
    `A range of ${figure(widthOf(mask.size))} instead of the number. Gives away the rough size and whether there is a number.`,
};

type Round = { method: "generalise"; to: "round"; size?: number };

/** The number to the nearest multiple, as `≈ 1,200`. */
export const round: MaskKind<Round> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("round"), size }),
  id: "generalise round",
  openness: "range",
  letter: "g",
  usual: [10, 100, 1_000].map((width) => ({ method: "generalise", to: "round", size: width })),
  costNs: 700,
  fits: isNumber,
  compile: (input, mask, sink) => {
    const width = sink.bind(widthOf(mask.size), "numeric");
    const rounded = `round(${input.sql}::numeric / ${width}) * ${width}`;
    return ofFinite(input, () => `ELSE '≈ ' || ${label(rounded)}`);
  },
  variant: (mask) => String(widthOf(mask.size)),
  name: (mask) => `rounded to ${figure(widthOf(mask.size))}`,
  says: (mask) =>
    `The nearest multiple of ${figure(widthOf(mask.size))}. Gives away the rough size and whether there is a number.`,
};

type Noise = { method: "noise"; percent?: number };

const percentOf = (wanted: number | undefined) => bounded(wanted, 5, 50, 10);

/** The number moved by a part of itself that depends on it and on a key; never left where it was. */
export const noise: MaskKind<Noise> = {
  schema: z.strictObject({ method: z.literal("noise"), percent: z.int().min(5).max(50).exactOptional() }),
  id: "noise",
  openness: "moved",
  letter: "n",
  key: "class",
  usual: [{ method: "noise", percent: 10 }],
  costNs: 1_800,
  fits: isNumber,
  compile: (input, mask, sink) => {
    const { keys } = input;
    if (keys === undefined) return whole;
    return ofFinite(input, () => `ELSE ${moved(input, keys, percentOf(mask.percent), sink)}`);
  },
  variant: (mask) => String(percentOf(mask.percent)),
  name: (mask) => `noise of ${percentOf(mask.percent)} %`,
  says: (mask) =>
    `Another number, up to ${percentOf(mask.percent)} % off, the same for the same value. Gives away the rough size and which values are equal.`,
};

/** By a tenth of the share to all of it, and by one at least; rounded to whole numbers. */
function moved({ sql }: MaskInput, keys: MaskKeys, percent: number, sink: SqlSink): string {
  const share = sink.bind(percent, "numeric");
  return overHash(comparableText(sql), keys, sink, (_, hash) => {
    const random = `${randomOf(hash)}::numeric / 16777215`;
    const sign = `(1 - 2 * (get_byte(${hash}, 3) & 1))`;
    const value = `${sql}::numeric`;
    const by = `greatest(1, abs(${value}) * ${share} / 100 * (0.1 + 0.9 * ${random}))`;
    return `'≈ ' || ${label(`round(${value} + ${sign} * ${by})`)}`;
  });
}
