import { z } from "zod";
import { leastHidden } from "@/lib/masking/dots";
import { otherThan, overHash } from "@/lib/masking/hmac";
import type { MaskKind } from "@/lib/masking/kind";
import { keyedBy } from "@/lib/masking/methods/pseudonyms";

// Keyed pseudonyms that keep length, separators and the kind of each character. They are no format-preserving
// encryption: two values may have the same pseudonym, and none can be turned back.

const longest = 40;

const numeral = "0123456789";
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();

/** As many digits of a hash as a text is long; hex has about forty. */
const digitsOf = (hash: string, length: string) =>
  `rpad(repeat(translate(encode(${hash}, 'hex'), 'abcdef', ''), 1 + ${length} / 16), ${length}, '7')`;

/** As many letters of a hash as a text is long. */
const lettersOf = (hash: string, length: string) =>
  `rpad(repeat(upper(translate(encode(${hash}, 'base64'), '${numeral}+/=', '')), 1 + ${length} / 16), ${length}, 'Q')`;

/** A text with each of some characters replaced by the next of others. No control character may be in the text. */
function filledIn(text: string, characters: string, others: string): string {
  const marks = `repeat(chr(1), ${characters.length})`;
  const template = `replace(replace(translate(${text}, '${characters}', ${marks}), '%', '%%'), chr(1), '%s')`;
  return `format(${template}, VARIADIC string_to_array(${others}, NULL))`;
}

const short = (text: string) => `octet_length(${text}) <= ${longest}`;
const count = (text: string, others: string) => `length(translate(${text}, '${others}', ''))`;

/** Longer numbers are sized as they are; shorter ones would be guessed by trying them all. */
const manyDigits = (text: string) => `${count(text, " ()+./-")} >= ${leastHidden}`;

/** Digits for digits. */
export const digits: MaskKind<{ method: "pseudonym"; as: "digits" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("digits") }),
  id: "pseudonym digits",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  usual: [{ method: "pseudonym", as: "digits" }],
  costNs: 10_000,
  fits: ({ category }) => category === "text" || category === "number",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      (text) => `${short(text)} AND ${text} ~ '^[0-9 ()+./-]+$' AND ${manyDigits(text)}`,
      (text, keys) =>
        overHash(text, keys, sink, (own, hash) =>
          otherThan(own, filledIn(own, numeral, digitsOf(hash, `length(${own})`))),
        ),
    ),
  variant: () => "",
  name: () => "pseudonym, digits",
  says: () =>
    "Other digits, with length and separators kept. Gives away those, and which values are equal. Short numbers of which there are few can be told apart by how often each occurs.",
};

/** Digits for digits, letters for letters. */
export const code: MaskKind<{ method: "pseudonym"; as: "code" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("code") }),
  id: "pseudonym code",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  usual: [{ method: "pseudonym", as: "code" }],
  costNs: 80_000,
  fits: ({ category }) => category === "text" || category === "number",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      (text) =>
        `${short(text)} AND ${text} ~ '^[ -~]+$' AND length(regexp_replace(${text}, '[^0-9A-Za-z]', '', 'g')) >= ${leastHidden}`,
      (text, keys) =>
        overHash(text, keys, sink, (own, hash) => {
          const length = `length(${own})`;
          const inLower = filledIn(own, lower, `lower(${lettersOf(`sha256(${hash} || '\\x02')`, length)})`);
          const inUpper = filledIn(inLower, upper, lettersOf(`sha256(${hash} || '\\x01')`, length));
          return otherThan(own, filledIn(inUpper, numeral, digitsOf(hash, length)));
        }),
    ),
  variant: () => "",
  name: () => "pseudonym, code",
  says: () =>
    "Other letters and digits, with length, case and separators kept. Gives away those, and which values are equal.",
};

/** The check digit of a number by Luhn, over at most eighteen digits. */
function luhnOf(digits: string): string {
  const padded = `convert_to(lpad(${digits}, 18, '0'), 'UTF8')`;
  const doubled = "'\\x00020406080103050709'::bytea";
  const terms = Array.from({ length: 18 }, (_, at) => {
    const digit = `(get_byte(${padded}, ${at}) - 48)`;
    return at % 2 === 1 ? `get_byte(${doubled}, ${digit})` : digit;
  });
  return `((10 - (${terms.join(" + ")}) % 10) % 10)::text`;
}

/**
 * A card number with its check digit right. It begins with 9, which no card scheme issues, and keeps nothing of the
 * number: a keyed hash beside the first or last digits of the same number is what PCI DSS 3.5.1 warns of.
 */
export const cardNumber: MaskKind<{ method: "pseudonym"; as: "card" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("card") }),
  id: "pseudonym card",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  classes: ["pan"],
  usual: [{ method: "pseudonym", as: "card" }],
  costNs: 18_000,
  fits: ({ category }) => category === "text" || category === "number",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      (text) =>
        `${short(text)} AND ${text} ~ '^[0-9][0-9 -]*[0-9]$' AND ${count(text, " -")} BETWEEN 12 AND 19`,
      (text, keys) =>
        overHash(`translate(${text}, ' -', '')`, keys, sink, (own, hash) => {
          const length = `length(${own})`;
          const front = `'9' || left(${digitsOf(hash, length)}, ${length} - 2)`;
          const number = `(SELECT "glimpse front" || ${luhnOf('"glimpse front"')} FROM (SELECT ${front} AS "glimpse front" OFFSET 0) AS "glimpse card")`;
          return otherThan(text, filledIn(text, numeral, number));
        }),
    ),
  variant: () => "",
  name: () => "pseudonym, card",
  says: () =>
    "Another card number that begins with 9, with a right check digit, length and separators kept. Equal numbers have equal ones. Not beside the last four of the same cards.",
};

/** An IBAN of the same country with its check digits right (ISO 7064, mod 97-10); each letter of the account is an X. */
export const ibanNumber: MaskKind<{ method: "pseudonym"; as: "iban" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("iban") }),
  id: "pseudonym iban",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  classes: ["iban"],
  usual: [{ method: "pseudonym", as: "iban" }],
  costNs: 15_000,
  fits: ({ category }) => category === "text",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      (text) =>
        `${short(text)} AND ${text} ~ '^[A-Z][A-Z][0-9][0-9][0-9A-Z ]*[0-9A-Z]$' AND ${count(text, " ")} BETWEEN 15 AND 34`,
      (text, keys) =>
        overHash(`translate(${text}, ' ', '')`, keys, sink, (own, hash) =>
          otherThan(text, ibanLike(text, own, hash)),
        ),
    ),
  variant: () => "",
  name: () => "pseudonym, IBAN",
  says: () =>
    "Another IBAN of the same country with right check digits. Gives away the country and which values are equal.",
};

function ibanLike(text: string, own: string, hash: string): string {
  const account = `translate(substr(${own}, 5), '${upper}', repeat('X', 26))`;
  const other = filledIn(account, numeral, digitsOf(hash, `length(${own})`));
  const letter = (at: number) => `(ascii(substr(${own}, ${at}, 1)) - 55)`;
  const number = `(replace("glimpse account", 'X', '33') || ${letter(1)} || ${letter(2)} || '00')::numeric`;
  const compact = `(SELECT left(${own}, 2) || lpad((98 - ${number} % 97)::text, 2, '0') || "glimpse account"
    FROM (SELECT ${other} AS "glimpse account" OFFSET 0) AS "glimpse iban")`;
  return filledIn(text, numeral + upper, compact);
}
