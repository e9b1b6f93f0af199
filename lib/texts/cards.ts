import { luhn } from "@/lib/texts/check-digits";

type Range = { from: number; to: number; lengths: readonly number[] };

const longer = [16, 17, 18, 19];
const wide = [13, 14, 15, 16, 17, 18, 19];
const ranges = (lengths: readonly number[], ...spans: (number | [number, number])[]): Range[] =>
  spans.map((span) =>
    typeof span === "number" ? { from: span, to: span, lengths } : { from: span[0], to: span[1], lengths },
  );

/** The beginnings of card numbers by network, and how long the numbers are. */
const networks: readonly Range[] = [
  ...ranges([13, 16, 19], 4), // Visa
  ...ranges([16], [51, 55], [2221, 2720]), // Mastercard
  ...ranges([15], 34, 37), // American Express
  ...ranges([14, ...longer], [300, 305], 3095, 36, [38, 39]), // Diners Club
  ...ranges(longer, 6011, [644, 649], 65), // Discover
  ...ranges(longer, [3528, 3589]), // JCB
  ...ranges(longer, 62, 81), // UnionPay
  ...ranges(wide, 5018, 5020, 5038, 5893, 6304, 6703, 6759, [6761, 6763]), // Maestro
  ...ranges(longer, [2200, 2204]), // Mir
  ...ranges([16], 60, 82, 508), // RuPay
  ...ranges([16, 19], [5060, 5067], 509, [6500, 6509]), // Verve, Elo
  ...ranges([16], 5019, 9792, 636, [637, 639]), // Dankort, Troy, InterPayment, InstaPayment
];

/** Whether digits without anything between them are a card number: its length and beginning are known, its check fits. */
export function isCard(digits: string): boolean {
  return (
    networks.some(({ from, to, lengths }) => {
      const start = Number(digits.slice(0, String(from).length));
      return start >= from && start <= to && lengths.includes(digits.length);
    }) && luhn(digits)
  );
}

const groupings = new Set(["4-6-5", "4-6-4"]);

/** Whether people write card numbers in groups of such sizes: fours, the way of Amex and Diners, or any even step. */
export function isCardGrouping(sizes: readonly number[]): boolean {
  const [first = 0] = sizes;
  const others = sizes.slice(0, -1);
  const last = sizes.at(-1) ?? 0;
  return (
    groupings.has(sizes.join("-")) ||
    (others.every((size) => size === first) && last <= first) ||
    others.every((size) => size % 4 === 0)
  );
}
