import { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import { whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";

const isDate = ({ category }: ColumnType) => category === "date" || category === "timestamp";

/** Dots for infinity, NULL for NULL. */
const finite = (sql: string, shown: string) =>
  `CASE WHEN NOT isfinite(${sql}) THEN ${whole} ELSE ${shown} END`;

/** Dots outside of 1 to 9999 AD: notations with fewer or more digits would need cases of their own. */
const inCommonEra = (sql: string, shown: string) =>
  `CASE WHEN ${sql} IS NULL THEN NULL WHEN isfinite(${sql}) AND ${sql} >= '0001-01-01' AND ${sql} < '9999-12-31' THEN ${shown} ELSE ${whole} END`;

type Year = { method: "generalise"; to: "year"; pool?: true };

/** The year; with `pool`, all years of ninety years ago and before as one (45 CFR 164.514(b)(2)(i)(C)). */
export const year: MaskKind<Year> = {
  schema: z.strictObject({
    method: z.literal("generalise"),
    to: z.literal("year"),
    pool: z.literal(true).exactOptional(),
  }),
  id: "generalise year",
  openness: "range",
  letter: "g",
  usual: [
    { method: "generalise", to: "year" },
    { method: "generalise", to: "year", pool: true },
  ],
  costNs: 200,
  fits: isDate,
  compile: ({ sql }, { pool }) => {
    const own = `to_char(${sql}, 'FMYYYY') || CASE WHEN extract(year from ${sql}) < 0 THEN ' BC' ELSE '' END`;
    if (!pool) return finite(sql, own);
    const oldest = "(extract(year from current_date)::int - 90)";
    return finite(
      sql,
      `CASE WHEN extract(year from ${sql}) <= ${oldest} THEN ${oldest}::text || ' or earlier' ELSE ${own} END`,
    );
  },
  variant: ({ pool }) => (pool ? "pool" : ""),
  name: ({ pool }) => (pool ? "year, 90 and older pooled" : "year only"),
  says: ({ pool }) =>
    pool
      ? "Only the year, and all of ninety years ago and before as one. Gives away the year and whether there is a date."
      : "Only the year. Gives away the year and whether there is a date.",
};

type Month = { method: "generalise"; to: "month" };

/** Year and month. */
export const month: MaskKind<Month> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("month") }),
  id: "generalise month",
  openness: "range",
  letter: "g",
  usual: [{ method: "generalise", to: "month" }],
  costNs: 200,
  fits: isDate,
  compile: ({ sql }) => inCommonEra(sql, `to_char(${sql}, 'YYYY-MM')`),
  variant: () => "",
  name: () => "month only",
  says: () => "Only year and month. Gives away those and whether there is a date.",
};

type Decade = { method: "generalise"; to: "decade" };

/** The decade. */
export const decade: MaskKind<Decade> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("decade") }),
  id: "generalise decade",
  openness: "range",
  letter: "g",
  usual: [{ method: "generalise", to: "decade" }],
  costNs: 100,
  fits: isDate,
  compile: ({ sql }) => inCommonEra(sql, `(extract(year from ${sql})::int / 10 * 10)::text || 's'`),
  variant: () => "",
  name: () => "decade only",
  says: () => "Only the decade. Gives away the decade and whether there is a date.",
};

type Age = { method: "generalise"; to: "age"; size?: 5 | 10 | 20 };

/** An age in years, or that of somebody born on a date, as a band; from 90 on all are one band. */
export const age: MaskKind<Age> = {
  schema: z.strictObject({
    method: z.literal("generalise"),
    to: z.literal("age"),
    size: z.union([z.literal(5), z.literal(10), z.literal(20)]).exactOptional(),
  }),
  id: "generalise age",
  openness: "range",
  letter: "g",
  classes: ["birth_date", "age"],
  usual: [{ method: "generalise", to: "age" }],
  costNs: 700,
  fits: (type) => isDate(type) || type.category === "number",
  compile: ({ sql, type }, { size }) => {
    const width = size === 5 || size === 20 ? size : 10;
    const years = isDate(type) ? `extract(year from age(current_date, ${sql}))::int` : `floor(${sql})::int`;
    const low = `(${years} / ${width} * ${width})`;
    const band = `CASE WHEN ${years} >= 90 THEN '90 or older'
      ELSE ${low} || '–' || least(${low} + ${width - 1}, 89) END`;
    const isAge = isDate(type)
      ? `${sql} >= '1000-01-01' AND ${sql} <= current_date`
      : `${sql} >= 0 AND ${sql} < 200`;
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${isAge} THEN ${band} ELSE ${whole} END`;
  },
  variant: ({ size }) => String(size ?? 10),
  name: ({ size }) => `age band of ${size ?? 10}`,
  says: ({ size }) =>
    `The age in bands of ${size ?? 10} years, everybody from 90 on as one. Gives away the band and whether there is an age.`,
};
