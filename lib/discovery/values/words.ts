import { dictionary } from "@/lib/discovery/data/dictionary";
import { bits } from "@/lib/discovery/values/signal";

let written: string | undefined;

/** The dictionary as one JSON object that a source looks words up in: each word with the sum of what it is. */
export function dictionaryJson(): string {
  if (written !== undefined) return written;
  const words = new Map<string, number>();
  for (const kind of ["given", "family", "city", "country", "region"] as const) {
    for (const word of dictionary[kind].split("|")) words.set(word, (words.get(word) ?? 0) | bits[kind]);
  }
  written = JSON.stringify(Object.fromEntries(words));
  return written;
}

/** A closed set as SQL: the plain value is one of these words. */
export function oneOf(plainValue: string, words: string): string {
  return `${plainValue} IN (${words
    .split(" ")
    .map((word) => `'${word.replaceAll("_", " ")}'`)
    .join(", ")})`;
}
