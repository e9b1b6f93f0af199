import { dataClass } from "@/lib/catalog/classes";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { aboutWords, askingWords, contextsOf, technicalNames } from "@/lib/catalog/name-context";
import type { NameRule, TableContext } from "@/lib/catalog/name-rule";
import { contactRules } from "@/lib/catalog/name-rules-contact";
import { healthRules, plainWords } from "@/lib/catalog/name-rules-health";
import { moneyRules } from "@/lib/catalog/name-rules-money";
import { personRules } from "@/lib/catalog/name-rules-person";
import { singular, splitRunOn, wordsOf } from "@/lib/catalog/name-words";

/** What is known of a column without reading a row. */
export type ColumnFacts = {
  schema: string;
  table: string;
  column: string;
  type: ColumnType;
  comment: string | null;
  tableColumns: readonly string[];
  isPrimaryKey: boolean;
  isForeignKey: boolean;
};

/** A data class, or `none` for what seems to say nothing of anybody; the words say why, for a steward. */
export type Proposal = { classId: string; confidence: number; why: string };

type Phrase = {
  classId: string;
  words: readonly string[];
  types: readonly TypeCategory[];
  place: "anywhere" | "alone" | TableContext;
};

const rules: readonly NameRule[] = [...moneyRules, ...personRules, ...contactRules, ...healthRules];
const phrases: readonly Phrase[] = rules.flatMap(phrasesOf);
const known: ReadonlySet<string> = new Set([
  ...phrases.flatMap((phrase) => phrase.words),
  ...plainWords.split(/[ ,]+/u),
  ...aboutWords,
]);

/** Proposes a data class by the name, the type and the surroundings of a column; it never reads a value. */
export function proposeClass(facts: ColumnFacts): Proposal {
  const words = splitRunOn(wordsOf(facts.column), known).map((word) =>
    known.has(word) ? word : singular(word),
  );
  const contexts = contextsOf(facts.table, facts.tableColumns);
  if (isReference(facts, words))
    return { classId: "none", confidence: 0.9, why: "A key that points to a record." };
  const match = bestMatch(words, facts.type, contexts);
  if (match !== null) return match;
  const byType = classOfType(facts.type, contexts);
  if (byType !== null) return byType;
  const byComment = classOfComment(facts);
  if (byComment !== null) return byComment;
  return nothing(words, facts.type);
}

function phrasesOf(rule: NameRule): Phrase[] {
  const split = (list: string | undefined, place: Phrase["place"]): Phrase[] =>
    (list ?? "")
      .split(/\s*,\s*/u)
      .filter((phrase) => phrase !== "")
      .map((phrase) => ({ classId: rule.classId, words: phrase.split(/\s+/u), types: rule.types, place }));
  const within = Object.entries(rule.within ?? {}) as [TableContext, string][];
  return [
    ...split(rule.anywhere, "anywhere"),
    ...split(rule.alone, "alone"),
    ...within.flatMap(([place, list]) => split(list, place)),
  ];
}

/** Surrogate keys and references hold numbers and uuids; a text key may be somebody's e-mail address. */
function isReference(facts: ColumnFacts, words: readonly string[]): boolean {
  const category = facts.type.category;
  const isKey = facts.isForeignKey || facts.isPrimaryKey;
  if (words.length === 1 && words[0] === "id") return true;
  if (facts.isForeignKey && (words.at(-1) === "id" || category === "number" || category === "uuid"))
    return true;
  return isKey && category === "uuid"
    ? true
    : isKey && words.at(-1) === "id" && words.length <= 2 && category === "number";
}

type Match = Proposal & { end: number; length: number };

function bestMatch(
  words: readonly string[],
  type: ColumnType,
  contexts: ReadonlySet<TableContext>,
): Proposal | null {
  let best: Match | null = null;
  for (const phrase of phrases) {
    if (!fitsType(phrase, type) || !fitsPlace(phrase, words, contexts)) continue;
    const start = lastIndexOf(words, phrase.words);
    if (start < 0) continue;
    const match = weigh(words, phrase, start);
    if (match !== null && (best === null || isBetter(match, best))) best = match;
  }
  return best === null ? null : { classId: best.classId, confidence: best.confidence, why: best.why };
}

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
  if (place === "anywhere") return true;
  if (place === "alone") return phrase.length === withoutNumbers(words).length;
  return contexts.has(place) && words.length <= phrase.length + 1;
}

/** The head of an English name is at its end, so a phrase further back is better, and a longer one best. */
function isBetter(a: Match, b: Match): boolean {
  if (a.end !== b.end) return a.end > b.end;
  if (a.length !== b.length) return a.length > b.length;
  return a.confidence > b.confidence;
}

function weigh(words: readonly string[], phrase: Phrase, start: number): Match | null {
  const end = start + phrase.words.length;
  const tail = withoutNumbers(words.slice(end));
  const head = words.slice(0, start);
  if (tail.some((word) => aboutWords.has(word)) || (head[0] !== undefined && askingWords.has(head[0])))
    return null;
  const base = phrase.place === "anywhere" ? 0.95 : phrase.place === "alone" ? 0.7 : 0.75;
  const confidence = base - (tail.length > 0 ? 0.2 : 0) - (head.length > 1 ? 0.05 : 0);
  const title = dataClass(phrase.classId)?.title ?? phrase.classId;
  const where =
    phrase.place === "anywhere" || phrase.place === "alone"
      ? ""
      : `, in a table about ${contextWords[phrase.place]}`;
  const why = `The name says “${phrase.words.join(" ")}”${where}: ${title.toLowerCase()}.`;
  return { classId: phrase.classId, confidence, why, end, length: phrase.words.length };
}

const contextWords: Record<TableContext, string> = {
  person: "people",
  health: "health",
  card: "cards",
  organisation: "organisations",
  place: "places",
  conversation: "conversations",
  linked: "people's dealings",
};

function lastIndexOf(words: readonly string[], phrase: readonly string[]): number {
  for (let start = words.length - phrase.length; start >= 0; start--) {
    if (phrase.every((word, index) => words[start + index] === word)) return start;
  }
  return -1;
}

const withoutNumbers = (words: readonly string[]) => words.filter((word) => !/^\d+$/u.test(word));

function classOfType(type: ColumnType, contexts: ReadonlySet<TableContext>): Proposal | null {
  const is = (classId: string, why: string, confidence = 0.6): Proposal => ({ classId, confidence, why });
  const category = type.category;
  if (category === "json" || category === "xml" || category === "composite")
    return is("structured_doc", "It holds structured data that may hold anything about anybody.");
  if (category === "bytea")
    return contexts.has("person")
      ? is("file_content", "It holds binary data in a table about people.")
      : is("none", "It holds binary data in a table about things.", 0.4);
  if (category === "inet")
    return type.base.name.startsWith("macaddr")
      ? is("device_id", "It holds hardware addresses.")
      : is("ip_address", "It holds network addresses.", 0.8);
  if (category === "geometry") return is("geo_point", "It holds places or shapes.", 0.7);
  if (category === "tsvector" && (contexts.has("person") || contexts.has("conversation")))
    return is("free_text", "It holds the words of other columns for searching.");
  return null;
}

/** A comment speaks in sentences, so only phrases of two words or more count, and for less. */
function classOfComment(facts: ColumnFacts): Proposal | null {
  if (facts.comment === null) return null;
  const words = wordsOf(facts.comment).slice(0, 60);
  const found = phrases
    .filter(
      (phrase) => phrase.place === "anywhere" && phrase.words.length > 1 && fitsType(phrase, facts.type),
    )
    .filter((phrase) => lastIndexOf(words, phrase.words) >= 0)
    .sort((a, b) => b.words.length - a.words.length)[0];
  if (found === undefined) return null;
  return { classId: found.classId, confidence: 0.5, why: `Its comment says “${found.words.join(" ")}”.` };
}

function nothing(words: readonly string[], type: ColumnType): Proposal {
  if (technicalNames.has(words.join(" ")))
    return { classId: "none", confidence: 0.9, why: "A technical column of most tables." };
  if (type.category === "boolean" || type.category === "enum")
    return {
      classId: "none",
      confidence: 0.7,
      why: "One of few values, and the name says nothing of people.",
    };
  if (type.category === "text" || type.category === "other")
    return {
      classId: "none",
      confidence: 0.4,
      why: "The name says nothing of people; text may still hold anything.",
    };
  return { classId: "none", confidence: 0.6, why: "The name says nothing of people." };
}
