import fc from "fast-check";
import { composeIBAN } from "ibantools";
import { stdnum } from "stdnum";
import type { NumberKind } from "@/lib/texts/found-numbers";
import { ibanSigns } from "@/lib/texts/iban";

// Invented numbers that are valid by what stdnum, ibantools and the rule of the networks say, not by our own checks.

const two = (count: number) => String(count).padStart(2, "0");
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const decimals = "0123456789";
const endings = (signs: string, count: number): string[] =>
  count === 0 ? [""] : endings(signs, count - 1).flatMap((end) => [...signs].map((sign) => end + sign));
const some = (signs: string, count: number) =>
  fc.string({ unit: fc.constantFrom(...signs), minLength: count, maxLength: count });
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(""));

const born = fc
  .record({
    year: fc.integer({ min: 1931, max: 1998 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => ({
    year: String(year),
    yy: String(year).slice(2),
    mm: two(month),
    dd: two(day),
  }));
const yymmdd = born.map(({ yy, mm, dd }) => yy + mm + dd);
const ddmmyy = born.map(({ yy, mm, dd }) => dd + mm + yy);

const isValid = (country: keyof typeof stdnum, name: string) => (text: string) =>
  stdnum[country]?.[name]?.validate(text).isValid === true;

/** Payloads with the first ending that makes them valid. */
const ended = (payload: fc.Arbitrary<string>, ends: readonly string[], fits: (text: string) => boolean) =>
  payload.map((start) => ends.map((end) => start + end).find(fits) ?? "").filter((text) => text !== "");
const one = endings(decimals, 1);

/** In groups of these sizes, with one of the separators between. */
const grouped = (
  number: fc.Arbitrary<string>,
  shapes: readonly string[],
  separators = [" ", "-", ".", "\u00a0"],
) =>
  fc
    .tuple(number, fc.constantFrom("", ...shapes), fc.constantFrom(...separators))
    .map(([text, shape, separator]) => {
      let at = 0;
      const sizes = shape === "" ? [text.length] : shape.split("-").map(Number);
      return sizes
        .map((size) => text.slice(at, (at += size)))
        .filter((part) => part !== "")
        .join(separator);
    });

const passesLuhn = (text: string) =>
  [...text].reduce((sum, digit, at) => {
    const value = Number(digit) * ((text.length - at) % 2 === 0 ? 2 : 1);
    return sum + Math.floor(value / 10) + (value % 10);
  }, 0) %
    10 ===
  0;

const cards = (
  "4:16 4:13 4:19 51:16 55:16 2221:16 2720:16 34:15 37:15 300:14 36:14 38:14 6011:16 644:16 65:19 3528:16 3589:18 " +
  "62:16 62:19 6759:13 5018:16 2200:16 60:16 508:16"
).split(" ");

const card = fc.constantFrom(...cards).chain((form) => {
  const [start = "", length = "16"] = form.split(":");
  return ended(
    joined(fc.constant(start), some(decimals, Number(length) - start.length - 1)),
    one,
    passesLuhn,
  );
});
const cardWritten = card.chain((text) => {
  const usual = text.length === 15 ? "4-6-5" : text.length === 14 ? "4-6-4" : "4-4-4-4-4";
  const ones = [...text].map(() => "1").join("-");
  return grouped(
    fc.constant(text),
    [usual, ones, "8-8-8"],
    [" ", "-", ".", "\u00a0", "\n", "/", " - ", ", "],
  );
});

const iban = fc
  .constantFrom(...ibanSigns.keys())
  .chain((countryCode) => {
    const signs = (ibanSigns.get(countryCode) ?? []).slice(4);
    const any = signs.map((kind) =>
      fc.constantFrom(...[...(decimals + letters)].filter((sign) => kind.test(sign))),
    );
    return joined(...any).map((bban) => composeIBAN({ countryCode, bban } as never) ?? "");
  })
  .filter((text) => text.replaceAll(/\D/g, "").length >= 10);

const fr = joined(
  fc.constantFrom("1", "2"),
  born.map(({ yy, mm }) => yy + mm),
  fc.constantFrom("75", "13", "69"),
  some(decimals, 6),
);
const pattern = (text: string) =>
  joined(
    ...[...text].map((sign) => fc.constantFrom(...(sign === "A" ? letters : sign === "9" ? decimals : sign))),
  );

/** Of ten digits one stands two or three times, as the tax office makes them. */
const oneRepeats = (text: string) => {
  const often = [...decimals].map((digit) => text.split(digit).length - 1).filter((count) => count > 1);
  return often.length === 1 && (often[0] ?? 0) <= 3;
};

const from = (country: keyof typeof stdnum, name: string, payload: fc.Arbitrary<string>, ends = one) =>
  ended(payload, ends, isValid(country, name));

/** How each kind is written, but for those that are found by a name before them alone. */
export const madeNumbers: Readonly<Record<string, fc.Arbitrary<string>>> = {
  card: cardWritten,
  iban: grouped(iban, ["4-4-4-4-4-4-4-4-4"], [" ", "-", "\u00a0", " - "]),
  "us-ssn": grouped(
    from("US", "ssn", joined(fc.integer({ min: 100, max: 665 }).map(String), some(decimals, 6)), [""]),
    ["3-2-4"],
  ).filter((text) => text.length > 9),
  "nl-bsn": grouped(from("NL", "bsn", some(decimals, 8)), ["3-3-3", "4-2-3"]),
  "de-tax-id": grouped(from("DE", "idnr", some(decimals, 10).filter(oneRepeats)), ["2-3-3-3"]),
  "br-cpf": grouped(from("BR", "cpf", some(decimals, 9), endings(decimals, 2)), ["3-3-3-2"]),
  "in-aadhaar": grouped(from("IN", "aadhaar", some(decimals, 11)), ["4-4-4"]),
  "fr-nir": grouped(from("FR", "nir", fr, endings(decimals, 2)), ["1-2-2-2-3-3-2", "13-2"]),
  "be-rrn": grouped(from("BE", "nn", joined(yymmdd, some(decimals, 3)), endings(decimals, 2)), [
    "2-2-2-3-2",
    "6-3-2",
  ]),
  "ch-ahv": grouped(from("CH", "ssn", joined(fc.constant("756"), some(decimals, 9))), ["3-4-4-2"]),
  "no-fnr": grouped(from("NO", "fodselsnummer", joined(ddmmyy, some(decimals, 3)), endings(decimals, 2)), [
    "6-5",
  ]),
  "se-pnr": grouped(ended(joined(yymmdd, some(decimals, 3)), one, passesLuhn), ["6-4"], ["-", " "]),
  "pl-pesel": from("PL", "pesel", joined(yymmdd, some(decimals, 4))),
  "tr-id": from("TR", "tckimlik", some(decimals, 9), endings(decimals, 2)),
  "ro-cnp": from(
    "RO",
    "cnp",
    joined(fc.constantFrom("1", "2"), yymmdd, fc.constant("40"), some(decimals, 3)),
  ),
  "za-id": grouped(
    from("ZA", "idnr", joined(yymmdd, some(decimals, 4), fc.constantFrom("08", "18"))),
    ["6-4-2-1"],
    [" "],
  ),
  "uk-nino": grouped(
    from("GB", "nino", joined(pattern("AA999999"), fc.constantFrom("A", "B", "C", "D")), [""]),
    ["2-2-2-2-1"],
  ),
  "es-dni": grouped(from("ES", "dni", some(decimals, 8), endings(letters, 1)), ["8-1", "2-3-3-1"]),
  "es-nie": grouped(
    from("ES", "nie", joined(fc.constantFrom("X", "Y", "Z"), some(decimals, 7)), endings(letters, 1)),
    ["1-7-1"],
  ),
  "it-cf": grouped(
    from(
      "IT",
      "codicefiscale",
      joined(
        pattern("AAAAAA"),
        born.map(({ yy, dd }) => `${yy}C${dd}`),
        fc.constantFrom("H501", "F205"),
      ),
      endings(letters, 1),
    ),
    ["3-3-5-5"],
    [" "],
  ),
  "de-rvnr": grouped(
    from("DE", "svnr", joined(fc.constantFrom("65", "15"), ddmmyy, some(letters, 1), some(decimals, 2))),
    ["2-6-1-3"],
    [" "],
  ),
  "fi-hetu": from(
    "FI",
    "hetu",
    joined(ddmmyy, fc.constant("-"), some(decimals, 3)),
    endings("0123456789ABCDEFHJKLMNPRSTUVWXY", 1),
  ),
  "cn-ric": from(
    "CN",
    "ric",
    joined(
      fc.constantFrom("110101", "440305"),
      born.map(({ year, mm, dd }) => year + mm + dd),
      some(decimals, 3),
    ),
    endings("0123456789X", 1),
  ),
} satisfies Partial<Record<NumberKind, fc.Arbitrary<string>>>;
