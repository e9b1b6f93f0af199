import type { ColumnType } from "@/lib/catalog/column-type";
import { defaultBucketSize, maskedText } from "@/lib/masking/mask";
import type { SqlSink } from "@/lib/masking/sql";

const beyond = `'${maskedText}'::text`;

/** The year of a date or timestamp as text; dots for an infinite one. */
export function compileYear(name: string): string {
  const year = `to_char(${name}, 'FMYYYY') || CASE WHEN extract(year from ${name}) < 0 THEN ' BC' ELSE '' END`;
  return `CASE WHEN NOT isfinite(${name}) THEN ${beyond} ELSE ${year} END`;
}

/** Numbers beyond this many are not told apart: a label of any length would tell how long the number is. */
const most = 1_000_000_000_000_000n;

/** The bucket a number falls into, such as `40,000–49,999`; dots for what is no finite number. */
export function compileBucket(
  name: string,
  type: ColumnType,
  size: number | undefined,
  sink: SqlSink,
): string {
  const whole = size ?? defaultBucketSize;
  const width = sink.bind(
    Number.isInteger(whole) && whole >= 5 ? Math.min(whole, 1_000_000_000) : defaultBucketSize,
    "numeric",
  );
  const isFloat = type.base.name === "float4" || type.base.name === "float8";
  const limit = isFloat ? `'${most}'::float8` : `'${most}'::numeric`;
  // Compared in the column's own kind: a float may be infinite, which numeric cannot hold before version 14.
  const value = isFloat ? `${name}::float8` : `${name}::numeric`;
  const low = `floor(${name}::numeric / ${width}) * ${width}`;
  const label = (number: string) => `to_char(${number}, 'FM9,999,999,999,999,999,990')`;
  const high = `${low} + ${width} - 1`;
  return `CASE WHEN ${name} IS NULL THEN NULL WHEN ${value} = 'NaN' THEN ${beyond}
    WHEN ${value} >= ${limit} OR ${value} <= -${limit} THEN ${beyond}
    WHEN ${value} < 0 THEN ${label(low)} || ' to ' || ${label(high)}
    ELSE ${label(low)} || '–' || ${label(high)} END`;
}
