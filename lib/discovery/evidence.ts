import type { NameMatch } from "@/lib/discovery/names/match";
import type { TableContext } from "@/lib/discovery/names/rule";
import { signalWords } from "@/lib/discovery/values/question";

const contextWords: Record<TableContext, string> = {
  person: "people",
  health: "health",
  diagnosis: "diagnoses",
  treatment: "treatments",
  lab: "results of tests",
  card: "cards",
  organisation: "organisations",
  place: "places",
  city: "places",
  country: "countries",
  conversation: "conversations",
  pay: "pay",
  vehicle: "vehicles",
  job: "jobs",
  given: "people",
  family: "people",
  linked: "people's dealings",
  lookup: "codes",
};

/** One reason for a proposal: half a sentence and its weight, so that the strongest are said first. */
export type Reason = { words: string; weight: number };

/** "the name says “card number”". */
export function nameReason({ phrase, place, weight }: NameMatch, fromComment: boolean): Reason {
  const where = place in contextWords ? ` in a table about ${contextWords[place as TableContext]}` : "";
  const who = fromComment ? "its comment" : "the name";
  return { words: `${who} says “${phrase}”${where}`, weight };
}

/** "97 % of 500 values pass the Luhn check". */
export function rateReason(signal: string, rate: number, filled: number, weight: number): Reason {
  const says = signalWords.get(signal) ?? "are alike";
  const percent = rate > 0 && rate < 0.01 ? "under 1" : String(Math.floor(rate * 100));
  return { words: `${percent} % of ${filled.toLocaleString("en")} values ${says}`, weight };
}

/** The two strongest reasons as a sentence, and what they make of the column. */
export function whyWords(title: string, reasons: readonly Reason[]): string {
  const said = [...reasons].sort((a, b) => b.weight - a.weight).slice(0, 2);
  return `${sentence(said.map(({ words }) => words).join("; "))}: ${title.toLowerCase()}.`;
}

/** A text that begins with a capital letter. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
