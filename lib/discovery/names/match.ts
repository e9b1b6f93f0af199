import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { aboutWords, askingWords } from "@/lib/discovery/names/context";
import { roles, things } from "@/lib/discovery/names/roles";
import { type NameRule, type TableContext, words as textTypes } from "@/lib/discovery/names/rule";
import { contactRules } from "@/lib/discovery/names/rules-contact";
import { healthRules, plainWords } from "@/lib/discovery/names/rules-health";
import { moneyRules } from "@/lib/discovery/names/rules-money";
import { personRules } from "@/lib/discovery/names/rules-person";
import { abbreviations, canonical, splitRunOn, wordsOf } from "@/lib/discovery/names/words";

type Place = "anywhere" | "alone" | "role" | TableContext;
type Phrase = { classId: string; words: readonly string[]; types: readonly TypeCategory[]; place: Place };

/** What a name says of a class: the phrase, where it counts, and for how much, as log-odds. */
export type NameMatch = { classId: string; phrase: string; place: Place; weight: number };

const nameWords = ["name", "nom", "nome", "nombre", "naam", "nazwa", "nazwisko", "imie"];

const rules: readonly NameRule[] = [...moneyRules, ...personRules, ...contactRules, ...healthRules];
const phrases: readonly Phrase[] = [...rules.flatMap(phrasesOf), ...roles.flatMap(roleOf)];
const known: ReadonlySet<string> = new Set([
  ...phrases.flatMap((phrase) => phrase.words),
  ...plainWords.split(/[ ,]+/u).flatMap((word) => [word, canonical(word)]),
  ...aboutWords,
  ...abbreviations,
  ...things,
  ...roles.flatMap((role) => role.split(" ")),
]);
const byWord = new Map<string, Phrase[]>();
for (const phrase of phrases) {
  const [first = ""] = phrase.words;
  byWord.set(first, [...(byWord.get(first) ?? []), phrase]);
}

function phrasesOf(rule: NameRule): Phrase[] {
  const split = (list: string | undefined, place: Place): Phrase[] =>
    (list ?? "")
      .split(/\s*,\s*/u)
      .filter((phrase) => phrase !== "")
      .map((phrase) => ({
        classId: rule.classId,
        words: phrase.split(/\s+/u).map(canonical),
        types: rule.types,
        place,
      }));
  const within = Object.entries(rule.within ?? {}) as [TableContext, string][];
  return [
    ...split(rule.anywhere, "anywhere"),
    ...split(rule.alone, "alone"),
    ...within.flatMap(([place, list]) => split(list, place)),
  ];
}

function roleOf(role: string): Phrase[] {
  const words = role.split(" ").map(canonical);
  const phrase = (list: readonly string[], place: Place): Phrase => ({
    classId: "person_name",
    words: list,
    types: textTypes,
    place,
  });
  return [
    phrase(words, "role"),
    ...nameWords.flatMap((name) => [
      phrase([...words, name], "anywhere"),
      phrase([name, ...words], "anywhere"),
      phrase([name, "de", ...words], "anywhere"),
    ]),
  ];
}

/** The words of a column's name: split where they run on, abbreviations in full, plurals in the singular. */
export function columnWords(name: string): string[] {
  return splitRunOn(wordsOf(name).map(withoutUmlaut), known)
    .map((word) => (known.has(word) ? word : canonical(word)))
    .map(canonical);
}

/** `nationalitaet` is spelt as `nationalität` is, where only that makes it a word. */
function withoutUmlaut(word: string): string {
  const spelt = word.replace(/([aou])e/gu, "$1");
  return !known.has(word) && known.has(spelt) ? spelt : word;
}

/** The name once more with two words written as one, where that makes a word: `ausweis_nr` is an Ausweisnummer. */
function joined(words: readonly string[]): string[][] {
  return words.slice(1).flatMap((second, at) => {
    const first = words[at] ?? "";
    const ends = second === "number" ? ["number", "nummer", "nr", "no"] : [second];
    const word = ends.map((end) => `${first}${end}`).find((one) => byWord.has(one));
    return word === undefined ? [] : [[...words.slice(0, at), word, ...words.slice(at + 2)]];
  });
}

/** All that a name says of data classes, the best match of each class, the best class first. */
export function matchName(
  words: readonly string[],
  type: ColumnType,
  contexts: ReadonlySet<TableContext>,
): NameMatch[] {
  const isQuestion = words.length > 1 && askingWords.has(words[0] ?? "") && type.category === "boolean";
  if (isQuestion) return [];
  const asWritten = matchWords(words, type, contexts);
  return asWritten.length > 0
    ? asWritten
    : joined(words)
        .flatMap((list) => matchWords(list, type, contexts))
        .slice(0, 1);
}

function matchWords(
  words: readonly string[],
  type: ColumnType,
  contexts: ReadonlySet<TableContext>,
): NameMatch[] {
  const found: (NameMatch & { end: number; length: number })[] = [];
  for (let start = 0; start < words.length; start++) {
    for (const phrase of byWord.get(words[start] ?? "") ?? []) {
      if (!phrase.words.every((word, at) => words[start + at] === word)) continue;
      if (!fitsType(phrase, type) || !fitsPlace(phrase, words, contexts)) continue;
      const weight = weigh(words, phrase, start);
      if (weight === null) continue;
      const end = headFirst.has(words[0] ?? "") && start === 0 ? words.length : start + phrase.words.length;
      const { classId, place } = phrase;
      found.push({
        classId,
        phrase: phrase.words.join(" "),
        place,
        weight,
        end,
        length: phrase.words.length,
      });
    }
  }
  // The head of a name is at its end in Germanic languages, so a phrase further back is better, and a longer one best.
  found.sort((a, b) => b.end - a.end || b.length - a.length || b.weight - a.weight);
  const best = found[0];
  const seen = new Set<string>();
  return found.flatMap(({ end, length, ...match }) => {
    if (seen.has(match.classId)) return [];
    seen.add(match.classId);
    const isAsGood = best !== undefined && end === best.end && length === best.length;
    return [{ ...match, weight: match.weight - (isAsGood ? 0 : 3) }];
  });
}

/** Words that come first and say what the name is of: `fecha_diagnostico` is a date. */
const headFirst: ReadonlySet<string> = new Set(
  "fecha date datum data number codigo code codice cod nom nome nombre nazwa lieu lugar luogo local miejsce adresse direccion indirizzo endereco adres telefono telephone telefone email correo tipo type id imie nazwisko contacto contatto contact ville ciudad citta cidade pais pays estado codepostal cp kod titulaire".split(
    " ",
  ),
);

function fitsType(phrase: Phrase, type: ColumnType): boolean {
  const category = type.category === "array" ? (type.element?.category ?? "other") : type.category;
  return (
    phrase.types.includes(category) ||
    (type.category === "array" && phrase.types.includes("array") && category === "text")
  );
}

function fitsPlace(
  { place, words: phrase }: Phrase,
  words: readonly string[],
  contexts: ReadonlySet<TableContext>,
): boolean {
  const length = withoutNumbers(words).length;
  if (place === "anywhere") return true;
  if (place === "role") return length <= phrase.length + 1;
  if (place === "alone") return withoutNumbers(phrase).length === length;
  if (!contexts.has(place) || length > phrase.length + 1) return false;
  // `product_name` in a table about people is still no person's.
  return !words.some((word) => things.has(word) && !phrase.includes(word));
}

const weights = { anywhere: 8, alone: 6.2, role: 5, within: 6.4 } as const;
/** Places that say more than the wider ones they are in. */
const narrow: ReadonlySet<Place> = new Set([
  "diagnosis",
  "treatment",
  "lab",
  "given",
  "family",
  "pay",
  "job",
  "city",
]);
const plainShort: ReadonlySet<string> = new Set(
  "ssn cvv cvc cvn dob tel fax zip plz npi dea vin mrn icd dni nie bsn cpf sex age ip bmi iban pesel bic ndc cpt rfc".split(
    " ",
  ),
);

function weigh(words: readonly string[], phrase: Phrase, start: number): number | null {
  const end = start + phrase.words.length;
  const tail = withoutNumbers(words.slice(end));
  const head = withoutNumbers(words.slice(0, start));
  if (isOfAPlace.test(phrase.classId) && tail.some((word) => !/^(name|code|abbr|iso)$/u.test(word)))
    return null;
  if (tail.some((word) => aboutWords.has(word)) || (head[0] !== undefined && askingWords.has(head[0])))
    return null;
  const [only = ""] = phrase.words;
  const isShort = phrase.words.length === 1 && only.length <= 3 && !plainShort.has(only);
  const base =
    phrase.place === "anywhere" || phrase.place === "alone" || phrase.place === "role"
      ? weights[phrase.place]
      : weights.within + (narrow.has(phrase.place) ? 0.8 : 0);
  const isWhole = tail.length === 0 && head.length === 0;
  const tailCost = tail.length === 0 ? 0 : start === 0 && headFirst.has(only) ? 0.5 : 2;
  const wholeCost = isWhole ? 0 : isShort ? 4 : head.length > 1 ? 0.5 : 0;
  const thingCost = phrase.place === "role" && words.some((word) => things.has(word)) ? 3 : 0;
  return base + 0.2 * (phrase.words.length - 1) - tailCost - wholeCost - thingCost;
}

/** `region_description` describes; it is no region. */
const isOfAPlace = /^(city|country_region|postal_code)$/u;

const withoutNumbers = (words: readonly string[]) => words.filter((word) => !/^\d+$/u.test(word));

/** A comment speaks in sentences, so only phrases of two words or more count, and for less. */
export function matchComment(comment: string, type: ColumnType): NameMatch | null {
  const words = wordsOf(comment).slice(0, 60).map(canonical);
  const found = words.flatMap((word, start) =>
    (byWord.get(word) ?? []).filter(
      (phrase) =>
        phrase.place === "anywhere" &&
        phrase.words.length > 1 &&
        fitsType(phrase, type) &&
        phrase.words.every((part, at) => words[start + at] === part),
    ),
  );
  const best = found.sort((a, b) => b.words.length - a.words.length)[0];
  if (best === undefined) return null;
  return { classId: best.classId, phrase: best.words.join(" "), place: "anywhere", weight: 4.6 };
}
