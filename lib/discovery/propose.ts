import type { ColumnType } from "@/lib/catalog/column-type";
import { nameReason, rateReason, type Reason, sentence, whyWords } from "@/lib/discovery/evidence";
import { readings, weightOf } from "@/lib/discovery/likelihood";
import { technicalNames } from "@/lib/discovery/names/context";
import { columnWords, matchComment, matchName, type NameMatch } from "@/lib/discovery/names/match";
import { matchOwn, type OwnName, titleOf } from "@/lib/discovery/names/own";
import type { TableContext } from "@/lib/discovery/names/rule";
import type { Proposal } from "@/lib/discovery/proposal";
import type { ColumnRates } from "@/lib/discovery/values/rates";

/** What is known of a column: all but its values, and of these the rates if its source was asked. */
export type ColumnFacts = {
  column: string;
  type: ColumnType;
  comment: string | null;
  /** Names that propose classes of the stewards' own. */
  ownNames?: readonly OwnName[];
  contexts: ReadonlySet<TableContext>;
  isPrimaryKey: boolean;
  isForeignKey: boolean;
  rates: ColumnRates | null;
};

/** How rare every class is among all columns, as log-odds, before anything is known. */
const prior = -4.6;
/** With fewer values than this, that none of them looks like anything says nothing. */
const enoughValues = 15;

/** Proposes a data class for a column by weighing its name, its type, its table and its rates against chance. */
export function proposeClass(facts: ColumnFacts): Proposal {
  const words = columnWords(facts.column);
  if (isReference(facts, words))
    return { classId: "none", confidence: 0.95, why: "A key that points to a record." };
  const candidates = candidatesOf(facts, words);
  const against = plainness(facts, words);
  const scored = [...candidates].map(([classId, { score, reasons, isNamed }]) => ({
    classId,
    score: score + prior - (isNamed && against.onlyUnnamed ? 0 : against.weight),
    reasons,
  }));
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 1);
  const best = scored.sort((a, b) => b.score - a.score)[0];
  if (best === undefined || best.score < 0)
    return { classId: "none", confidence: round(Math.min(against.most, 1 / total)), why: against.why };
  const confidence = Math.min(0.99, Math.exp(best.score) / total);
  return {
    classId: best.classId,
    confidence: round(confidence),
    why: whyWords(titleOf(best.classId, facts.ownNames), best.reasons),
  };
}

type Candidate = { score: number; reasons: Reason[]; isNamed: boolean };
type ClassReason = Reason & { classId: string };

function candidatesOf(facts: ColumnFacts, words: readonly string[]): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  const add = (classId: string, reason: Reason, isNamed = false) => {
    const one = found.get(classId) ?? { score: 0, reasons: [], isNamed: false };
    one.score += reason.weight;
    one.isNamed ||= isNamed;
    if (reason.weight > 0 && reason.words !== "") one.reasons.push(reason);
    found.set(classId, one);
  };
  const matches = matchName(words, facts.type, facts.contexts);
  const comment =
    facts.comment === null || matches.length > 0 ? null : matchComment(facts.comment, facts.type);
  for (const match of matches) add(match.classId, nameReason(inContext(match, facts), false), true);
  for (const match of matchOwn(words, facts.ownNames ?? []))
    add(match.classId, nameReason(match, false), true);
  if (comment !== null) add(comment.classId, nameReason(comment, true), true);
  for (const reason of [...typeReasons(facts), ...contextReasons(facts)]) add(reason.classId, reason);
  const named = new Set(found.keys());
  const { rates } = facts;
  if (rates === null || rates.filled === 0) return found;
  for (const one of readings) {
    const rate = rates.rates.get(one.signal);
    if (rate === undefined || (one.signal === "born_long_ago" && rates.decades < 4)) continue;
    const weight = weightOf(one, rate, rates);
    if (weight > 0 && one.onlyNamed === true && !named.has(one.classId)) continue;
    // Against a class that nothing speaks for, nothing needs to be said.
    if (weight < 0 && !named.has(one.classId)) continue;
    if (Math.abs(weight) > 0.05)
      addStrongest(found, one.classId, rateReason(one.signal, rate, rates.filled, weight));
  }
  return found;
}

/** Of several signals for one class only the strongest counts: they look at the same values. */
function addStrongest(found: Map<string, Candidate>, classId: string, reason: Reason): void {
  const one = found.get(classId) ?? { score: 0, reasons: [], isNamed: false };
  found.set(classId, one);
  if (reason.weight < 0) {
    one.score += reason.weight;
    return;
  }
  const before = one.reasons.find(({ words }) => words.includes(" % of "));
  if (before !== undefined && before.weight >= reason.weight) return;
  one.score += reason.weight - (before?.weight ?? 0);
  one.reasons = [...one.reasons.filter((other) => other !== before), reason];
}

/** A code of a disease in a list of codes is nobody's disease. */
function inContext(match: NameMatch, facts: ColumnFacts): NameMatch {
  // A note that is in no table about people is a note about a thing.
  if (match.classId === "free_text" && !isPeoples(facts)) return { ...match, weight: match.weight - 4.5 };
  // A course has a full name too: outside of tables about people the values decide.
  const isName = /^(person|given|family)_name$/u.test(match.classId);
  const isAbout = (["person", "linked", "organisation", "place", "card"] as const).some((one) =>
    facts.contexts.has(one),
  );
  if (isName && !isAbout) return { ...match, weight: match.weight - (facts.rates === null ? 1 : 3) };
  return match;
}

const isPeoples = ({ contexts }: ColumnFacts) =>
  (["person", "linked", "conversation", "health"] as const).some((context) => contexts.has(context)) &&
  !(contexts.has("lookup") && !contexts.has("linked"));

/** What the table says of classes whatever a column is called. */
function contextReasons(facts: ColumnFacts): ClassReason[] {
  const { contexts, rates } = facts;
  const found: ClassReason[] = [];
  if (contexts.has("lookup")) {
    for (const classId of ["diagnosis", "treatment", "lab_vital", "health_date"])
      found.push({ classId, weight: -9, words: "" });
    found.push({ classId: "free_text", weight: -3, words: "" });
  }
  if (rates === null) return found;
  const prose = rates.rates.get("prose") ?? 0;
  if (isPeoples(facts) && prose > 0.5 && rates.meanLength > 40 && facts.type.category === "text")
    found.push({ classId: "free_text", weight: 3.2, words: "it holds sentences in a table about people" });
  if (contexts.has("place") || contexts.has("person")) {
    for (const classId of ["city", "postal_code"]) found.push({ classId, weight: 1.2, words: "" });
  } else if (!contexts.has("city")) {
    found.push({ classId: "city", weight: -1.5, words: "" });
  }
  return found;
}

function typeReasons(facts: ColumnFacts): ClassReason[] {
  const { type, contexts, rates } = facts;
  const is = (classId: string, weight: number, words: string) => [{ classId, weight, words }];
  switch (type.category) {
    case "json":
    case "xml":
    case "composite":
      return isPeoples(facts) || rates === null || rates.filled < 5
        ? is("structured_doc", 5.2, "it holds documents, which may hold anything")
        : is(
            "structured_doc",
            (rates.rates.get("document_person") ?? 0) > 0.02 ? 2 : -7,
            "it holds documents",
          );
    case "bytea":
      return contexts.has("person")
        ? is("file_content", 5, "it holds binary data in a table about people")
        : [];
    case "inet":
      return type.base.name.startsWith("macaddr")
        ? is("device_id", 6, "it holds hardware addresses")
        : is("ip_address", 7, "it holds network addresses");
    case "geometry":
      return is("geo_point", 5.6, "it holds places or shapes");
    case "tsvector":
      return isPeoples(facts) ? is("free_text", 5, "it holds the words of other columns for searching") : [];
    case "date":
    case "timestamp":
    case "range":
      return /^(date|ts)|date|timestamp/u.test(type.base.name) &&
        contexts.has("health") &&
        contexts.has("linked") &&
        !contexts.has("lookup")
        ? is("health_date", 5.6, "a date in a table about people's health")
        : [];
    case "text":
    case "number":
    case "money":
    case "boolean":
    case "time":
    case "uuid":
    case "enum":
    case "array":
    case "interval":
    case "bit":
    case "other":
      return [];
  }
}

/** Surrogate keys and references hold numbers and uuids; a text key may be somebody's e-mail address. */
function isReference(facts: ColumnFacts, words: readonly string[]): boolean {
  const category = facts.type.category;
  const isKey = facts.isForeignKey || facts.isPrimaryKey;
  const isNumbered = words.at(-1) === "number" && words.length <= 2 && category === "number";
  const isId = words.at(-1) === "id" || words[0] === "id" || isNumbered;
  if (words.length === 1 && words[0] === "id") return true;
  if (facts.isForeignKey && (isId || category === "number" || category === "uuid")) return true;
  if (category === "uuid" && (isKey || isId)) return true;
  return isKey && isId && category === "number";
}

/** What speaks for a column that says nothing of anybody. */
/** How much speaks for `none`, how sure of it one may be at most, and why. */
type Plainness = { weight: number; most: number; why: string; onlyUnnamed?: boolean };

function plainness(facts: ColumnFacts, words: readonly string[]): Plainness {
  const { type, rates } = facts;
  if (technicalNames.has(words.join(" ")))
    return { weight: 3.2, most: 0.95, why: "A technical column of most tables." };
  if (type.category === "boolean" || type.category === "enum")
    return { weight: 0.8, most: 0.9, why: "One of few values, and nothing speaks of people." };
  const shape = shapeOf(rates);
  if (shape !== null) return shape;
  const isText = type.category === "text" || type.category === "other" || type.category === "array";
  if (rates !== null && rates.filled >= enoughValues) {
    const prose = (rates.rates.get("prose") ?? 0) > 0.3;
    const looked = `Of ${rates.filled.toLocaleString("en")} values hardly any looks like a person's data`;
    return prose
      ? { weight: 0, most: 0.6, why: `${looked}, but sentences may still hold anything.` }
      : {
          weight: rates.distinct >= enoughValues ? 1 : -0.4,
          // A text that is not recognised may hold anything: only a few values, said again and again, are likely not to.
          most: !isText ? 0.95 : rates.distinct < enoughValues ? 0.88 : 0.65,
          why: `${looked}, and the name says nothing of people.`,
          onlyUnnamed: true,
        };
  }
  return isText
    ? { weight: -0.4, most: 0.5, why: "The name says nothing of people; text may still hold anything." }
    : { weight: 0.6, most: 0.9, why: "The name says nothing of people." };
}

/** Addresses of pages, names of files and UUIDs are no values of people, whatever the column is called. */
function shapeOf(rates: ColumnRates | null): Plainness | null {
  if (rates === null || rates.filled < 5) return null;
  for (const [signal, words] of [
    ["url", "are addresses of pages"],
    ["uuid", "are UUIDs"],
    ["path", "are names of files"],
  ] as const) {
    const rate = rates.rates.get(signal) ?? 0;
    if (rate >= 0.9)
      return { weight: 2, most: 0.9, why: sentence(`${Math.floor(rate * 100)} % of the values ${words}.`) };
  }
  return null;
}

const round = (confidence: number) => Math.round(confidence * 1000) / 1000;
