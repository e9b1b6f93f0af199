import { dataClass, type OwnSignal } from "@/lib/catalog/classes";
import { columnWords, type NameMatch } from "@/lib/discovery/names/match";

/** A phrase in the words of which names of columns are told, and the class of a steward's own that it means. */
export type OwnName = { classId: string; title: string; words: readonly string[] };

/** More than a built-in phrase says: a steward listed these words for this very source. */
const weight = 11;

/** The phrases of the stewards' own classes as names of columns are read. */
export function ownNames(signals: readonly OwnSignal[]): OwnName[] {
  return signals.flatMap(({ id, title, words }) =>
    words
      .map((phrase) => ({ classId: id, title, words: columnWords(phrase) }))
      .filter((one) => one.words.length > 0),
  );
}

/** The classes of the stewards' own of which a name says a phrase, each once. */
export function matchOwn(words: readonly string[], names: readonly OwnName[]): NameMatch[] {
  const found = new Map<string, NameMatch>();
  for (const { classId, words: phrase } of names) {
    if (found.has(classId) || !holds(words, phrase)) continue;
    found.set(classId, { classId, phrase: phrase.join(" "), place: "anywhere", weight });
  }
  return [...found.values()];
}

function holds(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, start) => phrase.every((word, at) => words[start + at] === word));
}

/** What a class is called. */
export function titleOf(classId: string, names: readonly OwnName[] = []): string {
  return dataClass(classId)?.title ?? names.find((one) => one.classId === classId)?.title ?? classId;
}
