import { z } from "zod";
import { leastHidden, maskedPart } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import { shownInPart } from "@/lib/masking/methods/partial";

type Card = { method: "partial"; shape: "card"; bin?: 6 | 8 };

/**
 * Of a card number the last four, and at most the BIN besides (PCI DSS 4.0.1, 3.4.1): of eight digits for numbers of
 * sixteen and more, of six for fourteen and more.
 */
export const card: MaskKind<Card> = {
  schema: z.strictObject({
    method: z.literal("partial"),
    shape: z.literal("card"),
    bin: z.union([z.literal(6), z.literal(8)]).exactOptional(),
  }),
  id: "partial card",
  openness: "part",
  letter: "p",
  classes: ["pan"],
  usual: [
    { method: "partial", shape: "card", bin: 6 },
    { method: "partial", shape: "card" },
  ],
  costNs: 3_300,
  fits: ({ category }) => category === "text" || category === "number",
  compile: ({ sql }, { bin }) =>
    shownInPart(sql, (text) => {
      const digits = `translate(${text}, ' -', '')`;
      const isCard = `${text} ~ '^[0-9][0-9 -]*[0-9]$' AND length(${digits})`;
      const last = `'${maskedPart}' || right(${digits}, 4)`;
      const issuer =
        bin === 6 || bin === 8
          ? `WHEN ${isCard} BETWEEN ${bin + 4 + leastHidden} AND 19 THEN left(${digits}, ${bin}) || ${last}`
          : "";
      return `${issuer} WHEN ${isCard} BETWEEN 12 AND 19 THEN ${last}`;
    }),
  variant: ({ bin }) => String(bin ?? ""),
  name: ({ bin }) => (bin === undefined ? "card, last 4" : `card, BIN ${bin} and last 4`),
  says: ({ bin }) =>
    bin === undefined
      ? "The last four digits. Gives away those and whether there is a number."
      : `The first ${bin} digits and the last four: all that PCI DSS lets be shown. Gives away the bank and whether there is a number.`,
};

type Iban = { method: "partial"; shape: "iban" };

/** The country and the last four characters of an IBAN. */
export const iban: MaskKind<Iban> = {
  schema: z.strictObject({ method: z.literal("partial"), shape: z.literal("iban") }),
  id: "partial iban",
  openness: "part",
  letter: "p",
  classes: ["iban", "bank_account"],
  usual: [{ method: "partial", shape: "iban" }],
  costNs: 2_700,
  fits: ({ category }) => category === "text",
  compile: ({ sql }) =>
    shownInPart(sql, (text) => {
      const compact = `translate(${text}, ' ', '')`;
      return `WHEN ${text} ~ '^[A-Z][A-Z][0-9][0-9][0-9A-Z ]*[0-9A-Z]$' AND length(${compact}) BETWEEN 15 AND 34
        THEN left(${text}, 2) || '${maskedPart}' || right(${compact}, 4)`;
    }),
  variant: () => "",
  name: () => "IBAN, country and last 4",
  says: () => "The country and the last four characters. Gives away those and whether there is an account.",
};
