import { z } from "zod";
import type { TypeCategory } from "@/lib/catalog/column-type";
import { bounded, leastHidden, maskedPart, whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import { comparableText } from "@/lib/masking/sql";

/** Longer texts are no number, address or code: they are masked as a whole, before any pattern looks at them. */
const longestBytes = 320;

const textual: ReadonlySet<TypeCategory> = new Set(["text", "number", "uuid"]);

/**
 * Shows a part of a text that has the shape, and dots for anything else. `cases` are WHEN branches over a text under
 * the collation "C"; their dots are always as many, so the length of the hidden part stays hidden too.
 */
export function shownInPart(sql: string, cases: (text: string) => string): string {
  const text = comparableText(sql);
  return `CASE WHEN ${text} IS NULL THEN NULL WHEN octet_length(${text}) > ${longestBytes} THEN ${whole}
    ${cases(text)} ELSE ${whole} END`;
}

/** Letters and digits only, without zeros in front: what padding and separators must not count as hidden. */
const significant = (text: string) => `ltrim(regexp_replace(${text}, '[^0-9A-Za-z]', '', 'g'), '0')`;

/** The same of the characters behind the first `keep`, without zeros at the end. */
const significantAfter = (text: string, keep: number) =>
  `rtrim(regexp_replace(substr(${text}, ${keep + 1}), '[^0-9A-Za-z]', '', 'g'), '0')`;

const plain = (text: string) => `${text} ~ '^[ -~]+$'`;

const keep = z.int().min(1).max(6).exactOptional();
const kept = (wanted: number | undefined) => bounded(wanted, 1, 6, wanted === undefined ? 4 : 1);

type Last = { method: "partial"; shape: "last"; keep?: number };

/** The last characters. */
export const last: MaskKind<Last> = {
  schema: z.strictObject({ method: z.literal("partial"), shape: z.literal("last"), keep }),
  id: "partial last",
  openness: "part",
  letter: "p",
  usual: [{ method: "partial", shape: "last", keep: 4 }],
  costNs: 4_000,
  fits: ({ category }) => textual.has(category),
  compile: ({ sql }, mask) => {
    const count = kept(mask.keep);
    return shownInPart(
      sql,
      (text) => `WHEN ${plain(text)} AND length(${significant(text)}) >= ${count + leastHidden}
        THEN '${maskedPart}' || right(${text}, ${count})`,
    );
  },
  variant: (mask) => String(kept(mask.keep)),
  name: (mask) => `partial, last ${kept(mask.keep)}`,
  says: (mask) => `The last ${kept(mask.keep)} characters. Gives away those and whether there is a value.`,
};

type First = { method: "partial"; shape: "first"; keep?: number };

/** The first characters. */
export const first: MaskKind<First> = {
  schema: z.strictObject({ method: z.literal("partial"), shape: z.literal("first"), keep }),
  id: "partial first",
  openness: "part",
  letter: "p",
  usual: [{ method: "partial", shape: "first", keep: 2 }],
  costNs: 4_000,
  fits: ({ category }) => textual.has(category),
  compile: ({ sql }, mask) => {
    const count = kept(mask.keep);
    return shownInPart(
      sql,
      (text) => `WHEN ${plain(text)} AND length(${significantAfter(text, count)}) >= ${leastHidden}
        THEN left(${text}, ${count}) || '${maskedPart}'`,
    );
  },
  variant: (mask) => String(kept(mask.keep)),
  name: (mask) => `partial, first ${kept(mask.keep)}`,
  says: (mask) => `The first ${kept(mask.keep)} characters. Gives away those and whether there is a value.`,
};

type Ends = { method: "partial"; shape: "ends"; first?: number; last?: number };

/** Both ends: how people tell wallets and long codes from one another. */
export const ends: MaskKind<Ends> = {
  schema: z.strictObject({
    method: z.literal("partial"),
    shape: z.literal("ends"),
    first: keep,
    last: keep,
  }),
  id: "partial ends",
  openness: "part",
  letter: "p",
  classes: ["crypto_wallet", "device_id", "vehicle_id"],
  usual: [{ method: "partial", shape: "ends", first: 6, last: 4 }],
  costNs: 3_000,
  fits: ({ category }) => textual.has(category),
  compile: ({ sql }, mask) => {
    const [front, back] = [kept(mask.first), kept(mask.last)];
    return shownInPart(sql, (text) => {
      const middle = `left(${text}, -${back})`;
      return `WHEN ${plain(text)} AND length(${text}) > ${front + back}
        AND length(ltrim(${significantAfter(middle, front)}, '0')) >= ${leastHidden}
        THEN left(${text}, ${front}) || '${maskedPart}' || right(${text}, ${back})`;
    });
  },
  variant: (mask) => `${kept(mask.first)} ${kept(mask.last)}`,
  name: (mask) => `partial, first ${kept(mask.first)} and last ${kept(mask.last)}`,
  says: (mask) =>
    `The first ${kept(mask.first)} and the last ${kept(mask.last)} characters. Gives away those and whether there is a value.`,
};

type Initials = { method: "partial"; shape: "initials" };

/** The first letter of each word of a name. */
export const initials: MaskKind<Initials> = {
  schema: z.strictObject({ method: z.literal("partial"), shape: z.literal("initials") }),
  id: "partial initials",
  openness: "part",
  letter: "p",
  classes: ["person_name", "given_name", "family_name"],
  usual: [{ method: "partial", shape: "initials" }],
  costNs: 5_000,
  fits: ({ category }) => category === "text",
  compile: ({ sql }) =>
    shownInPart(sql, (text) => {
      // Single spaces between words of two characters or more; what is neither a space nor a dot counts as hidden.
      const word = "[^[:cntrl:] -&(),/0-9:-@\\[-`{-~]+";
      const isName = `${text} ~ '^${word}( ${word})*$' AND ${text} !~ '(^| ).( |$)'`;
      const words = `length(${text}) - length(translate(${text}, ' ', '')) + 1`;
      const letters = `length(translate(${text}, ' .''-', ''))`;
      return `WHEN ${isName} AND ${words} <= 4 AND ${letters} - (${words}) >= ${leastHidden}
        THEN rtrim(regexp_replace(${text}, '([^ ])[^ ]* ?', '\\1. ', 'g'))`;
    }),
  variant: () => "",
  name: () => "initials",
  says: () =>
    "The first letter of each word. Gives away those, how many words there are, and whether there is a name.",
};
