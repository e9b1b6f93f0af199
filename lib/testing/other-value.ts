import type { Mask } from "@/lib/masking/mask";

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
      return isText ? otherPart(mask, column, old) : undefined;
    case "generalise":
      if (mask.to === "year") return otherDay(column, old, "year");
      if (mask.to === "month") return otherDay(column, old, "month");
      return mask.to === "bucket" ? otherNumber(column, old, mask.size ?? 10_000) : undefined;
    case "size":
      return isText ? otherShortText(column, old) : undefined;
    default:
      // What shows clear, a pseudonym, or parts that this does not follow: those columns stay as they are.
      return undefined;
  }
}

function otherPart(
  mask: Extract<Mask, { method: "partial" }>,
  column: WorldColumn,
  old: string,
): string | undefined {
  switch (mask.shape) {
    case "email":
      return mask.show === "local" ? undefined : otherEmail(old, column);
    case "phone":
      return otherPhone(old, mask.keep ?? 2);
    case "last":
      return otherEnd(old, mask.keep ?? 4, column);
    case "card":
      return mask.bin === undefined ? otherMiddle(old, "^[0-9][0-9 -]*[0-9]$", 0) : undefined;
    case "iban":
      return otherMiddle(old, "^[A-Z][A-Z][0-9][0-9][0-9A-Z ]*[0-9A-Z]$", 4);
    default:
      return undefined;
  }
}

/** Other characters of the same kinds between the first few and the last five, of what has the shape. */
function otherMiddle(old: string, shape: string, first: number): string {
  const middle = turned(`substr(${old}, ${first + 1}, length(${old}) - ${first + 5})`);
  return `CASE WHEN ${old} ~ '${shape}' AND length(${old}) > ${first + 5}
    THEN left(${old}, ${first}) || ${middle} || right(${old}, 5) ELSE ${old} END`;
}

/** Another text, of another length; a third of the rows lose theirs, and those without get one. */
function otherText({ isNullable, limit }: WorldColumn, old: string): string {
  const text = `'Other ' || md5(coalesce(${old}, '') || n) || repeat(' and more', (n % 5)::int)`;
  const fitting = limit === null ? text : `left(${text}, ${limit})`;
  return isNullable ? `CASE WHEN n % 3 > 0 THEN ${fitting} END` : fitting;
}

/** Another text of the same order of length, which is all that shows of it. */
function otherShortText({ limit }: WorldColumn, old: string): string {
  const text = `'Other ' || md5(${old} || n) || repeat(' and more', (n % 5)::int)`;
  const fitting = limit === null ? text : `left(${text}, ${limit})`;
  return `CASE WHEN octet_length(${old}) < 1000 THEN ${fitting} ELSE ${old} END`;
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

/** Another day of the year or month, away from both ends of it, because a session's time zone may move a moment over them. */
function otherDay({ category, type }: WorldColumn, old: string, of: "year" | "month"): string | undefined {
  if (category !== "D") return undefined;
  const days = of === "year" ? "2 + n * 37 % 360" : "2 + n * 7 % 24";
  const day = `date_trunc('${of}', ${old}) + make_interval(days => (${days})::int)`;
  return `CASE WHEN isfinite(${old}) THEN (${day})::${type} ELSE ${old} END`;
}

function otherNumber({ category, type }: WorldColumn, old: string, size: number): string | undefined {
  if (category !== "N") return undefined;
  const number = `${old}::numeric`;
  const other = `(floor(${number} / ${size}) * ${size} + n * 7919 % ${size})::${type}`;
  return `CASE WHEN ${old}::text IN ('NaN', 'Infinity', '-Infinity') THEN ${old} ELSE ${other} END`;
}
