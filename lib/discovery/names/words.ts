import { plain } from "@/lib/discovery/values/plain";

/** Splits a name into lower-case words without accents: `customerEMail2` is customer, e, mail, 2. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{L})(\d)/gu, "$1 $2")
    .replace(/(\d)(\p{L})/gu, "$1 $2");
  return plain(spaced)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
}

const short: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "number: no nr num nbr numbr numero nro numer nummer",
    "name: nm",
    "address: addr",
    "customer: cust custmr",
    "employee: emp empl",
    "vendor: vend",
    "supplier: supp",
    "account: acct acc",
    "telephone: tel telef",
    "emergency: emerg",
    "date: dt",
    "description: desc descr",
    "amount: amt",
    "quantity: qty",
    "text: txt",
    "message: msg",
    "organisation: org organization",
    "licence: license lic",
    "passwd: pwd",
    "department: dept",
    "order: ord",
    "street: straat",
    "patient: pat pt",
    "medical: med",
    "surname: srname",
    "image: img",
    "insurance: ins",
  ].flatMap((line) => {
    const [word = "", list = ""] = line.split(": ");
    return list.split(" ").map((from) => [from, word]);
  }),
);

/** Abbreviations that a run-on name may be made of. */
export const abbreviations: readonly string[] = Object.keys(short).filter((word) => word.length > 2);

/** One word for all its spellings: abbreviations in full, English plurals in the singular. */
export function canonical(word: string): string {
  const full = Object.hasOwn(short, word) ? (short[word] ?? word) : word;
  const one = singular(full);
  return Object.hasOwn(short, one) ? (short[one] ?? one) : one;
}

/** Shortest part that a run-on word may fall into; shorter ones are found in any word by chance. */
const shortestPart = 3;
const shortParts: ReadonlySet<string> = new Set([
  "of",
  "id",
  "no",
  "nr",
  "ip",
  "de",
  "to",
  "on",
  "is",
  "at",
  "dt",
  "dl",
  "cc",
]);
const longestRunOn = 40;

/** Splits run-on words (`dateofbirth`, `custfirstname`) into known ones; a word that is known stays whole. */
export function splitRunOn(words: readonly string[], known: ReadonlySet<string>): string[] {
  return words.flatMap((word) =>
    known.has(word) || word.length > longestRunOn ? [word] : (splitWord(word, known) ?? [word]),
  );
}

function splitWord(word: string, known: ReadonlySet<string>): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    best[end] = null;
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const part = word.slice(start, end);
      if (!before || !(shortParts.has(part) || (part.length >= shortestPart && known.has(part)))) continue;
      const current = best[end];
      if (!current || before.length + 1 < current.length) best[end] = [...before, part];
    }
  }
  return best[word.length] ?? null;
}

/** The singular of an English plural, and any other word as it is. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/u.test(word)) return word.slice(0, -1);
  return word;
}
