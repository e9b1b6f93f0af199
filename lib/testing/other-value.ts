import { defaultBucketSize, defaultKeep, type Mask } from "@/lib/masking/mask";

export type WorldColumn = {
  mask: Mask;
  /** `pg_type.typcategory` and name of the base type. */
  category: string;
  type: string;
  isDomain: boolean;
  isNullable: boolean;
  isUnique: boolean;
  /** Characters at most; null where there is no limit. */
  limit: number | null;
};

/** So many hidden characters a partial mask insists on; with fewer it shows nothing. */
const leastHidden = 4;

/**
 * SQL for another value that shows the same under the mask, from the old one, a neighbour's and the row number `n`;
 * undefined if there is none that this knows of.
 */
export function otherValue(column: WorldColumn, old: string, next: string): string | undefined {
  const { mask, category } = column;
  if (column.isUnique) return undefined;
  const isText = category === "S";
  switch (mask.method) {
    case "hidden":
    case "redact":
      return isText && !column.isDomain ? otherText(column, old) : neighbour(column, old, next);
    case "partial":
      if (!isText) return undefined;
      if (mask.shape === "email") return otherEmail(old, column);
      if (mask.shape === "phone") return otherPhone(old, mask.keep ?? defaultKeep.phone);
      return otherEnd(old, mask.keep ?? defaultKeep.last, column);
    case "generalise":
      return mask.to === "year"
        ? otherDay(column, old)
        : otherNumber(column, old, mask.size ?? defaultBucketSize);
    case "clear":
    case "pseudonym":
      return undefined;
  }
}

/** Another text, of another length; a third of the rows lose theirs, and those without get one. */
function otherText({ isNullable, limit }: WorldColumn, old: string): string {
  const text = `'Other ' || md5(coalesce(${old}, '') || n) || repeat(' and more', (n % 5)::int)`;
  const fitting = limit === null ? text : `left(${text}, ${limit})`;
  return isNullable ? `CASE WHEN n % 3 > 0 THEN ${fitting} END` : fitting;
}

function neighbour({ isNullable }: WorldColumn, old: string, next: string): string {
  const value = `coalesce(${next}, ${old})`;
  return isNullable ? `CASE WHEN n % 3 > 0 OR ${old} IS NULL THEN ${value} END` : value;
}

/** No zeros are made or lost, so that what counts as significant stays so; letters keep their case. */
const turned = (text: string) =>
  `translate(${text}, '123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', '234567891bcdefghijklmnopqrstuvwxyzaBCDEFGHIJKLMNOPQRSTUVWXYZA')`;

function otherEmail(old: string, { limit }: WorldColumn): string {
  const at = `strpos(${old}, '@')`;
  const rest = turned(`substr(${old}, 2, ${at} - 2)`);
  const longer = limit === null ? `CASE WHEN ${at} < 60 THEN 'q' ELSE '' END` : "''";
  return `CASE WHEN ${at} > ${leastHidden + 1} AND ${old} ~ '^[!-~]+$'
    THEN left(${old}, 1) || ${rest} || ${longer} || substr(${old}, ${at}) ELSE ${old} END`;
}

function otherPhone(old: string, keep: number): string {
  // The code alone may show: one digit, the two-digit ones, else three (ITU-T E.164).
  const code = `CASE WHEN ${old} ~ '^[+][17]' THEN 2
    WHEN ${old} ~ '^[+](2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])' THEN 3 WHEN ${old} ~ '^[+]' THEN 4 ELSE 0 END`;
  const tail = `substring(${old} from '(([0-9][^0-9]*){${keep}})$')`;
  const middle = `substr(${old}, (${code}) + 1, length(${old}) - (${code}) - length(${tail}))`;
  const hidden = `ltrim(regexp_replace(${middle}, '[^0-9]', '', 'g'), '0')`;
  return `CASE WHEN ${old} ~ '^[+(0-9][0-9 ()./-]*[0-9]$' AND length(${hidden}) >= ${leastHidden}
    THEN left(${old}, ${code}) || ${turned(middle)} || '7' || ${tail} ELSE ${old} END`;
}

function otherEnd(old: string, keep: number, { isDomain, limit }: WorldColumn): string {
  const front = `left(${old}, -${keep})`;
  const hidden = `ltrim(regexp_replace(${front}, '[^0-9A-Za-z]', '', 'g'), '0')`;
  const longer = isDomain || limit !== null ? "''" : "'7'";
  return `CASE WHEN ${old} ~ '^[ -~]+$' AND length(${hidden}) >= ${leastHidden}
    THEN ${longer} || ${turned(front)} || right(${old}, ${keep}) ELSE ${old} END`;
}

/** Another day of the year, away from both ends of it, because a session's time zone may move a moment over them. */
function otherDay({ category, type }: WorldColumn, old: string): string | undefined {
  if (category !== "D") return undefined;
  const day = `date_trunc('year', ${old}) + make_interval(days => (2 + n * 37 % 360)::int)`;
  return `CASE WHEN isfinite(${old}) THEN (${day})::${type} ELSE ${old} END`;
}

function otherNumber({ category, type }: WorldColumn, old: string, size: number): string | undefined {
  if (category !== "N") return undefined;
  const number = `${old}::numeric`;
  const other = `(floor(${number} / ${size}) * ${size} + n * 7919 % ${size})::${type}`;
  return `CASE WHEN ${old}::text IN ('NaN', 'Infinity', '-Infinity') THEN ${old} ELSE ${other} END`;
}
