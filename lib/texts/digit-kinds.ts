import { isCard } from "@/lib/texts/cards";
import { isDay, luhn, mod1110, remainder, verhoeff, weighted } from "@/lib/texts/check-digits";

/**
 * Where a weak kind is found: wherever no word before it says that it is an order, a ticket or a phone number. Its own
 * name before it outweighs that, and may be needed: for digits in one piece, or however they are written.
 */
type Weak = { names: RegExp; needed?: "in-one-piece" | "always" };

/** A kind of number that is all digits. */
export type DigitKind = {
  words: string;
  /** How many digits. */
  lengths: readonly number[];
  /** The sizes of its groups where people write it in several. */
  shapes: readonly string[];
  fits: (digits: string) => boolean;
  /** Nothing else is written in its groups. */
  shapeTells?: true;
  /** One in ten of such numbers or more fits by chance: what stands before it counts too. */
  weak?: Weak;
};

const number = (digits: string, from: number, to: number) => Number(digits.slice(from, to));
const year2 = (digits: string, at = 0) => number(digits, at, at + 2);

/** Digits that begin with a day as YYMMDD. */
const birthday = (digits: string) => isDay(year2(digits), number(digits, 2, 4), number(digits, 4, 6));

/** Kinds with no check digit or a single one are weak; the others are found wherever they stand. */
export const digitKinds = {
  card: {
    words: "a card number",
    lengths: [13, 14, 15, 16, 17, 18, 19],
    shapes: [],
    fits: isCard,
  },
  "us-ssn": {
    words: "a US Social Security number",
    lengths: [9],
    shapes: ["3-2-4"],
    fits: (digits) =>
      !/^(000|666|9)|^...00|0000$/.test(digits) &&
      !/^(.)\1+$|^123456789$|^078051120$|^219099999$/.test(digits),
    weak: { names: /\b(ssn|social security)/, needed: "in-one-piece" },
    shapeTells: true,
  },
  "ca-sin": {
    words: "a Canadian social insurance number",
    lengths: [9],
    shapes: ["3-3-3"],
    fits: (digits) => /^[1-79]/.test(digits) && luhn(digits),
    weak: { names: /\b(sin|nas|social insurance)\b/, needed: "in-one-piece" },
  },
  "uk-nhs": {
    words: "an NHS number",
    lengths: [10],
    shapes: ["3-3-4"],
    fits: (digits) => weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    weak: { names: /\bnhs/, needed: "always" },
  },
  "nl-bsn": {
    words: "a Dutch citizen service number (BSN)",
    lengths: [9],
    shapes: ["3-3-3", "4-2-3"],
    fits: (digits) => Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    weak: { names: /\b(bsn|burgerservice|sofi)/ },
  },
  "de-tax-id": {
    words: "a German tax number",
    lengths: [11],
    shapes: ["2-3-3-3"],
    fits: (digits) => isGermanTaxId(digits),
    weak: { names: /\b(idnr|steuer|tax)/ },
  },
  "br-cpf": {
    words: "a Brazilian CPF",
    lengths: [11],
    shapes: ["3-3-3-2", "9-2"],
    fits: (digits) => isCpf(digits),
  },
  "in-aadhaar": {
    words: "an Aadhaar number",
    lengths: [12],
    shapes: ["4-4-4"],
    fits: (digits) => /^[2-9]/.test(digits) && verhoeff(digits),
    weak: { names: /\b(aadhaar|aadhar|uid)/ },
  },
  "fr-nir": {
    words: "a French social security number",
    lengths: [15],
    shapes: ["1-2-2-2-3-3-2", "13-2", "1-2-2-2-6-2"],
    fits: (digits) =>
      /^[1-478]/.test(digits) && 97 - remainder(digits.slice(0, 13), 97) === number(digits, 13, 15),
  },
  "be-rrn": {
    words: "a Belgian national number",
    lengths: [11],
    shapes: ["2-2-2-3-2", "6-3-2"],
    fits: (digits) =>
      ["", "2"].some(
        (century) => (remainder(century + digits.slice(0, 9), 97) + number(digits, 9, 11)) % 97 === 0,
      ) && number(digits, 2, 4) <= 12,
  },
  "ch-ahv": {
    words: "a Swiss social security number",
    lengths: [13],
    shapes: ["3-4-4-2"],
    fits: (digits) => digits.startsWith("756") && weighted(digits, [1, 3]) % 10 === 0,
  },
  "no-fnr": {
    words: "a Norwegian national number",
    lengths: [11],
    shapes: ["6-5", "6-3-2"],
    fits: (digits) =>
      weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0]) % 11 === 0 &&
      weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
      isDay(year2(digits, 4), number(digits, 2, 4) % 40, number(digits, 0, 2) % 40),
  },
  "se-pnr": {
    words: "a Swedish personal number",
    lengths: [10, 12],
    shapes: ["6-4", "8-4"],
    fits: (digits) => {
      const short = digits.slice(-10);
      const day = number(short, 4, 6);
      const century = digits.length === 10 || /^(18|19|20)/.test(digits);
      return century && isDay(year2(short), number(short, 2, 4), day > 60 ? day - 60 : day) && luhn(short);
    },
    weak: { names: /\b(pnr|person)/ },
  },
  "pl-pesel": {
    words: "a Polish PESEL",
    lengths: [11],
    shapes: [],
    fits: (digits) =>
      weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 &&
      isDay(year2(digits), number(digits, 2, 4) % 20, number(digits, 4, 6)),
    weak: { names: /\bpesel/ },
  },
  "tr-id": {
    words: "a Turkish identity number",
    lengths: [11],
    shapes: [],
    fits: (digits) =>
      !digits.startsWith("0") &&
      weighted(digits, [7, 9, 7, 9, 7, 9, 7, 9, 7, 0, 0]) % 10 === number(digits, 9, 10) &&
      weighted(digits.slice(0, 10), [1]) % 10 === number(digits, 10, 11),
  },
  "ro-cnp": {
    words: "a Romanian CNP",
    lengths: [13],
    shapes: [],
    fits: (digits) => isRomanian(digits),
  },
  "za-id": {
    words: "a South African identity number",
    lengths: [13],
    shapes: ["6-4-2-1", "6-4-3"],
    fits: (digits) => birthday(digits) && /^.{10}[012]/.test(digits) && luhn(digits),
  },
} as const satisfies Record<string, DigitKind>;

/** Of the ten first digits one stands two or three times, and the others at most once. */
function isGermanTaxId(digits: string): boolean {
  const counts = [...new Set(digits.slice(0, 10))].map(
    (digit) => digits.slice(0, 10).split(digit).length - 1,
  );
  const often = counts.filter((count) => count > 1);
  return !digits.startsWith("0") && often.length === 1 && (often[0] ?? 0) <= 3 && mod1110(digits);
}

function isCpf(digits: string): boolean {
  if (/^(.)\1+$/.test(digits)) return false;
  const check = (count: number) => {
    const weights = Array.from({ length: count }, (_, at) => count + 1 - at);
    return ((weighted(digits.slice(0, count), weights) * 10) % 11) % 10;
  };
  return check(9) === number(digits, 9, 10) && check(10) === number(digits, 10, 11);
}

function isRomanian(digits: string): boolean {
  const rest = weighted(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9, 0]) % 11;
  return (
    /^[1-9]/.test(digits) &&
    isDay(year2(digits, 1), number(digits, 3, 5), number(digits, 5, 7)) &&
    (rest === 10 ? 1 : rest) === number(digits, 12, 13)
  );
}
