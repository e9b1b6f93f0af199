import { isCardGrouping } from "@/lib/texts/cards";
import { digitKinds, type DigitKind } from "@/lib/texts/digit-kinds";
import { ibanSigns, isIban } from "@/lib/texts/iban";
import { letterKinds } from "@/lib/texts/letter-kinds";
import { plainSigns, type Sign } from "@/lib/texts/plain-signs";

/** A kind of number that is looked for, as the log names it. */
export type NumberKind = keyof typeof digitKinds | keyof typeof letterKinds | "iban";

/** A number that was found: what it seems to be, and its first and last character, counted from 1. */
export type FoundNumber = { kind: NumberKind; from: number; to: number };

/** A kind in words, with its article. */
export const numberWords: Readonly<Record<NumberKind, string>> = {
  iban: "a bank account number (IBAN)",
  ...wordsOf(digitKinds),
  ...wordsOf(letterKinds),
};

/** Whether a kind is one of which many numbers fit by chance, such as those of orders. */
export const isWeak = (kind: NumberKind) =>
  kind in digitKinds && "weak" in digitKinds[kind as keyof typeof digitKinds];

/**
 * Card, bank account and identity numbers in a text, in their order: as one writes them, in groups, with signs between
 * that nobody sees, in digits of any script. With `label` the text is a name or a ticket: what would fit by chance is not
 * taken for an identity number there.
 */
export function findNumbers(text: string, { label = false } = {}): FoundNumber[] {
  const signs = plainSigns(text);
  const others = [...findWithLetters(signs), ...findDigits(signs, label)];
  // An IBAN holds digits that could be a card, and what is long others that are short.
  const all = [...findIbans(signs), ...others.toSorted((a, b) => b.last - b.first - (a.last - a.first))];
  const kept: FoundNumber[] = [];
  for (const { kind, first, last } of all) {
    const found = { kind, from: (signs[first]?.at ?? 0) + 1, to: (signs[last]?.at ?? 0) + 1 };
    if (!kept.some((one) => one.from <= found.to && found.from <= one.to)) kept.push(found);
  }
  return kept.toSorted((a, b) => a.from - b.from);
}

type Hit = { kind: NumberKind; first: number; last: number };
/** Digits in one piece, and what stands between them and those before. */
type Group = { first: number; digits: string; before: string };

const isDigit = (sign: Sign | undefined) => sign !== undefined && sign.plain >= "0" && sign.plain <= "9";
const isLetter = (sign: Sign | undefined) => sign !== undefined && sign.plain >= "A" && sign.plain <= "Z";
const between = /^[-\s._/,:;|*'"()[\]~+=\\]$/;
const mostBetween = 3;
const plainBetween = /^[- ./]*$/;
const longestNumber = 19;

function findIbans(signs: readonly Sign[]): Hit[] {
  return signs.flatMap((sign, first) => {
    const wanted = isLetter(sign) ? ibanSigns.get(sign.plain + (signs[first + 1]?.plain ?? "")) : undefined;
    const last = wanted && lastOf(signs, first, wanted);
    return last === undefined ? [] : [{ kind: "iban" as const, first, last }];
  });
}

/** The place of the last sign where the wanted classes follow one another from a place on and fit the check. */
function lastOf(signs: readonly Sign[], first: number, wanted: readonly RegExp[]): number | undefined {
  let read = "";
  let at = first;
  for (const [place, kind] of wanted.entries()) {
    const start = at;
    while (place > 1 && at - start < mostBetween && between.test(signs[at]?.plain ?? "")) at += 1;
    const plain = signs[at]?.plain ?? "";
    if (!kind.test(plain)) return undefined;
    read += plain;
    at += 1;
  }
  // Ten digits at least: else words of two letters and a number would begin one.
  const digits = read.replaceAll(/[^0-9]/g, "").length;
  return !isDigit(signs[at]) && digits >= 10 && isIban(read) ? at - 1 : undefined;
}

const letterPatterns = Object.entries(letterKinds).map(([kind, { pattern, fits }]) => {
  const startsWithLetter = /^\[[A-Z]/.test(pattern);
  const endsWithDigit = /\[0-9\](\{\d\})?$/.test(pattern);
  const source = `(?<![${startsWithLetter ? "A-Z" : "0-9"}])${pattern.replaceAll(" ", "[-\\s./]{0,2}")}(?![${endsWithDigit ? "0-9" : "A-Z0-9"}])`;
  return { kind: kind as keyof typeof letterKinds, regex: new RegExp(source, "y"), fits };
});

function findWithLetters(signs: readonly Sign[]): Hit[] {
  const text = signs.map((sign) => sign.plain).join("");
  return signs.flatMap((sign, first) => {
    if (!isDigit(sign) && !isLetter(sign)) return [];
    return letterPatterns.flatMap(({ kind, regex, fits }) => {
      regex.lastIndex = first;
      const [match] = regex.exec(text) ?? [];
      if (match === undefined) return [];
      const last = first + match.length - 1;
      const bare = match.replaceAll(kind === "fi-hetu" ? / /g : /[-\s./]/g, "");
      return fits(bare) && !isWord(signs, last) ? [{ kind, first, last }] : [];
    });
  });
}

/** "12345678 a customer": a small letter that stands alone is a word. */
function isWord(signs: readonly Sign[], last: number): boolean {
  const { plain = "", written = "" } = signs[last] ?? {};
  return isLetter(signs[last]) && signs[last - 1]?.plain === " " && written.normalize("NFKC") !== plain;
}

function findDigits(signs: readonly Sign[], label: boolean): Hit[] {
  return chainsOf(signs).flatMap((chain) =>
    chain.flatMap((_, start) => findFrom(signs, chain, start, label)),
  );
}

/** Groups of digits, in chains of those that stand close to each other. */
function chainsOf(signs: readonly Sign[]): Group[][] {
  const chains: Group[][] = [];
  let end = -1;
  for (let at = 0; at < signs.length; at += 1) {
    if (!isDigit(signs[at])) continue;
    let digits = "";
    const first = at;
    while (isDigit(signs[at])) digits += signs[at++]?.plain;
    const gap = end < 0 ? [] : signs.slice(end, first).map(({ plain }) => plain);
    const joined = end >= 0 && gap.length <= mostBetween && gap.every((plain) => between.test(plain));
    if (joined) chains.at(-1)?.push({ first, digits, before: gap.join("") });
    else chains.push([{ first, digits, before: "" }]);
    end = at;
  }
  return chains;
}

/** What begins with a group of a chain: each run of groups that is as long as a number. */
function findFrom(signs: readonly Sign[], chain: readonly Group[], start: number, label: boolean): Hit[] {
  const hits: Hit[] = [];
  let digits = "";
  for (let end = start; end < chain.length && digits.length <= longestNumber; end += 1) {
    const last = chain[end];
    if (!last) break;
    digits += last.digits;
    const groups = chain.slice(start, end + 1);
    const gaps = groups.slice(1).map(({ before }) => before);
    const beside = [start > 0 ? chain[start]?.before : undefined, chain[end + 1]?.before];
    const first = groups[0]?.first ?? 0;
    const to = last.first + last.digits.length - 1;
    const window: Window = {
      ...{ digits, gaps, first, sizes: groups.map((group) => group.digits.length) },
      // A group that stands as close as those inside, or a decimal, makes it another number.
      isPart: beside.some((gap) => gap !== undefined && (gaps.includes(gap) || /^[.,]$/.test(gap))),
    };
    for (const [kind, rule] of Object.entries(digitKinds))
      if (isOne(signs, kind as keyof typeof digitKinds, rule, window, label))
        hits.push({ kind: kind as NumberKind, first, last: to });
  }
  return hits;
}

type Window = {
  digits: string;
  sizes: readonly number[];
  gaps: readonly string[];
  first: number;
  isPart: boolean;
};

function isOne(
  signs: readonly Sign[],
  kind: string,
  rule: DigitKind,
  window: Window,
  label: boolean,
): boolean {
  const { digits, sizes, gaps, first } = window;
  if (!rule.lengths.includes(digits.length) || !isGrouped(kind, rule, window) || !rule.fits(digits))
    return false;
  const isPhone = signs[first - 1]?.plain === "+";
  // E.164 has at most 15 digits; cards of 13 are hardly issued any more.
  if (kind === "card") return !(isPhone && digits.length === 13);
  if (!gaps.every((gap) => plainBetween.test(gap))) return false;
  const { weak } = rule;
  if (!weak || (rule.shapeTells && sizes.length > 1)) return !isPhone;
  const before = wordsBefore(signs, first);
  if (weak.names.test(before)) return true;
  const named = weak.needed === "always" || (weak.needed === "in-one-piece" && sizes.length === 1);
  return !named && !isPhone && !label && !saysOther.test(before);
}

function isGrouped(kind: string, rule: DigitKind, { sizes, gaps, isPart }: Window): boolean {
  if (sizes.length === 1) return true;
  if (kind !== "card")
    return (
      (sizes.every((size) => size === 1) || rule.shapes.includes(sizes.join("-"))) && !(isPart && rule.weak)
    );
  // A line that was wrapped anywhere breaks a number in two or three.
  const isWrapped = sizes.length <= 3 && gaps.every((gap) => /^[- ]+$/.test(gap));
  return isCardGrouping(sizes) || isWrapped;
}

// A word for another thing, or letters that belong to it as in INC123.
const saysOther =
  /(\b(order|ticket|case|invoice|incident|claim|ref|reference|phone|tel|telephone|mobile|fax|parcel|tracking|shipment|booking|contract)s?\b[a-z .:]{0,12}|#) *$|[a-z]-?$/;

function wordsBefore(signs: readonly Sign[], first: number): string {
  return signs
    .slice(Math.max(0, first - 40), first)
    .map(({ plain }) => plain)
    .join("")
    .toLowerCase();
}

function wordsOf<K extends string>(kinds: Readonly<Record<K, { words: string }>>): Record<K, string> {
  const pairs = (Object.keys(kinds) as K[]).map((kind) => [kind, kinds[kind].words]);
  return Object.fromEntries(pairs) as Record<K, string>;
}
