import { defaultKeep, type Mask, maskedPart, maskedText } from "@/lib/masking/mask";

type Partial = Extract<Mask, { method: "partial" }>;

/** At least so many characters stay hidden, whatever is shown. */
const leastHidden = 4;
/** Longer texts are no number, address or code: they are masked as a whole, before any pattern looks at them. */
const longestBytes = 320;

/**
 * Shows an end of a text that has the shape, and dots for anything else. The dots are always as many, so the
 * length of the hidden part stays hidden too. `text` must be a text expression under the collation "C".
 */
export function compilePartial(text: string, mask: Partial): string {
  const shown = compileShape(text, mask);
  return `CASE WHEN ${text} IS NULL THEN NULL WHEN octet_length(${text}) > ${longestBytes} THEN ${whole} ${shown} ELSE ${whole} END`;
}

const whole = `'${maskedText}'::text`;

function compileShape(text: string, mask: Partial): string {
  switch (mask.shape) {
    case "last":
      return compileLast(text, boundedKeep(mask.keep ?? defaultKeep.last));
    case "phone":
      return compilePhone(text, boundedKeep(mask.keep ?? defaultKeep.phone));
    case "email":
      return compileEmail(text);
  }
}

/** A keep that did not pass the schema must not widen what is shown. */
function boundedKeep(keep: number): number {
  return Number.isInteger(keep) && keep >= 1 ? Math.min(keep, 6) : 1;
}

/** Letters and digits only, without zeros in front: what padding and separators must not count as hidden. */
const significant = (text: string) => `ltrim(regexp_replace(${text}, '[^0-9A-Za-z]', '', 'g'), '0')`;

function compileLast(text: string, keep: number): string {
  const shape = `${text} ~ '^[ -~]+$' AND length(${significant(text)}) >= ${keep + leastHidden}`;
  return `WHEN ${shape} THEN '${maskedPart}' || right(${text}, ${keep})`;
}

/**
 * The part before the @ is hidden whole if it has four characters; a longer one shows its first. The pattern
 * counts nothing on purpose: a bounded repetition costs ten times as much, and `strpos` counts as well.
 */
function compileEmail(text: string): string {
  const at = `strpos(${text}, '@')`;
  const shape = `'^[0-9A-Za-z.!#$%&''*+/=?^_{|}~-]+@(?:[0-9A-Za-z-]+[.])+[0-9A-Za-z-]+$'`;
  const first = `CASE WHEN ${at} > ${leastHidden + 1} THEN left(${text}, 1) ELSE '' END`;
  return `WHEN ${at} > ${leastHidden} AND ${text} ~ ${shape} THEN ${first} || '${maskedPart}' || substr(${text}, ${at})`;
}

/**
 * Country calling codes of ITU-T E.164. No code is the start of another, and none may be written loosely here:
 * patterns of PostgreSQL take the longest alternative, which would show a digit of the number.
 */
const countryCode =
  "^[+](1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-69]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])[0-9])";

function compilePhone(text: string, keep: number): string {
  // The shapes below let nothing else through, and `translate` is many times faster than a pattern.
  const digits = `translate(${text}, '+ ()./-', '')`;
  const code = `substring(${text} from '${countryCode}')`;
  const shape = (start: string) => `${text} ~ '^${start}[0-9 ()./-]*[0-9]$'`;
  const international = `${shape("[+][0-9]")} AND length(${digits}) - length(${code}) >= ${keep + leastHidden}`;
  const national = `${shape("[0-9(]")} AND length(ltrim(${digits}, '0')) >= ${keep + leastHidden}`;
  return `WHEN ${international} THEN '+' || ${code} || ' ${maskedPart}' || right(${digits}, ${keep})
    WHEN ${national} THEN '${maskedPart}' || right(${digits}, ${keep})`;
}
