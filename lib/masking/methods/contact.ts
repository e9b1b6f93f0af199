import { z } from "zod";
import { bounded, leastHidden, maskedPart } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import { shownInPart } from "@/lib/masking/methods/partial";

type EmailPart = "domain" | "local" | "none";
type Email = { method: "partial"; shape: "email"; show?: EmailPart };

const emailWords: Record<EmailPart | "usual", readonly [name: string, says: string]> = {
  usual: [
    "partial, e-mail",
    "The first letter and the domain. Gives away the provider and whether there is an address.",
  ],
  domain: ["e-mail, domain", "The domain. Gives away the provider and whether there is an address."],
  local: [
    "e-mail, local part",
    "What stands before the @. Gives away that, often a name, and whether there is an address.",
  ],
  none: ["e-mail, neither part", "Dots around an @. Gives away whether there is an address."],
};

/** A part of an e-mail address: by default its first letter and its domain. */
export const email: MaskKind<Email> = {
  schema: z.strictObject({
    method: z.literal("partial"),
    shape: z.literal("email"),
    show: z.enum(["domain", "local", "none"]).exactOptional(),
  }),
  id: "partial email",
  openness: "part",
  letter: "p",
  classes: ["email", "username"],
  usual: [
    { method: "partial", shape: "email" },
    { method: "partial", shape: "email", show: "domain" },
    { method: "partial", shape: "email", show: "local" },
    { method: "partial", shape: "email", show: "none" },
  ],
  withheld: ({ show }) => show === "local",
  costNs: 2_500,
  fits: ({ category }) => category === "text",
  compile: ({ sql }, { show }) => shownInPart(sql, (text) => compileEmail(text, show)),
  variant: ({ show }) => show ?? "",
  name: ({ show }) => emailWords[show ?? "usual"][0],
  says: ({ show }) => emailWords[show ?? "usual"][1],
};

/**
 * A local part of four characters is hidden whole; of a longer one the first may show. The pattern counts nothing
 * on purpose: a bounded repetition costs ten times as much, and `strpos` counts as well.
 */
function compileEmail(text: string, show: EmailPart | undefined): string {
  const at = `strpos(${text}, '@')`;
  const shape = `${text} ~ '^[0-9A-Za-z.!#$%&''*+/=?^_{|}~-]+@(?:[0-9A-Za-z-]+[.])+[0-9A-Za-z-]+$'`;
  switch (show) {
    case "local":
      return `WHEN length(${text}) - ${at} >= ${leastHidden} AND ${shape} THEN left(${text}, ${at}) || '${maskedPart}'`;
    case "none":
      return `WHEN length(${text}) > ${leastHidden} AND ${shape} THEN '${maskedPart}@${maskedPart}'`;
    case "domain":
      return `WHEN ${at} > ${leastHidden} AND ${shape} THEN '${maskedPart}' || substr(${text}, ${at})`;
    case undefined: {
      const first = `CASE WHEN ${at} > ${leastHidden + 1} THEN left(${text}, 1) ELSE '' END`;
      return `WHEN ${at} > ${leastHidden} AND ${shape} THEN ${first} || '${maskedPart}' || substr(${text}, ${at})`;
    }
  }
}

type Phone = { method: "partial"; shape: "phone"; keep?: number };

const kept = (keep: number | undefined) => bounded(keep, 1, 6, keep === undefined ? 2 : 1);

/** The country code and the last digits of a telephone number. */
export const phone: MaskKind<Phone> = {
  schema: z.strictObject({
    method: z.literal("partial"),
    shape: z.literal("phone"),
    keep: z.int().min(1).max(6).exactOptional(),
  }),
  id: "partial phone",
  openness: "part",
  letter: "p",
  classes: ["phone"],
  usual: [{ method: "partial", shape: "phone", keep: 2 }],
  costNs: 8_000,
  fits: ({ category }) => category === "text" || category === "number",
  compile: ({ sql }, { keep }) => shownInPart(sql, (text) => compilePhone(text, kept(keep))),
  variant: ({ keep }) => String(kept(keep)),
  name: ({ keep }) => `partial, phone ${kept(keep)}`,
  says: ({ keep }) =>
    `The country code and the last ${kept(keep)} digits. Gives away the country and whether there is a number.`,
};

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
