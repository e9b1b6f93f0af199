import { z } from "zod";
import {
  findNumbers,
  isWeak,
  numberWords,
  type FoundNumber,
  type NumberKind,
} from "@/lib/texts/found-numbers";

/** What may be longer than any field is refused for its length before it is looked through. */
const LONGEST_SCANNED = 20_000;
/** So many are named; the rest is found when these are gone. */
const MOST_NAMED = 3;

/**
 * For words of a person that are saved or go to the log: they hold no card, bank account or identity number. Such
 * numbers are masked in a table, and words about it would keep them for years, for everybody who reads the log.
 */
export const noNumbers = numberCheck(false);

/** The same for names and tickets, where what fits by chance is the number of another thing. */
export const noNumbersInLabel = numberCheck(true);

/** The same for plain data of any form: every text in it, and every name. */
export const noNumbersWithin = z.check<unknown>(({ value, issues }) => {
  for (const { path, words: message, kinds } of numbersIn(value))
    issues.push({ code: "custom", input: value, path, message, params: { foundNumbers: kinds } });
});

/** Where what kind of number was found: the name of a field, and the kind as the log names it. Never the number. */
export type FoundIn = { field: string; kind: NumberKind };

/** What the checks above have found, of all issues of a form. */
export function foundIn(error: z.ZodError): FoundIn[] {
  return error.issues.flatMap((issue) => {
    const kinds =
      issue.code === "custom" ? (issue.params?.["foundNumbers"] as NumberKind[] | undefined) : undefined;
    return (kinds ?? []).map((kind) => ({ field: issue.path.join("."), kind }));
  });
}

/** Says what seems to be in a text and where, and what to do; empty where nothing was found. Never repeats a number. */
export function numberComplaint(text: string, label = false): { words: string; kinds: NumberKind[] } {
  const found = text.length > LONGEST_SCANNED ? [] : findNumbers(text, { label });
  const named = found.slice(0, MOST_NAMED);
  return { words: named.map(complaint).join(" "), kinds: named.map(({ kind }) => kind) };
}

function complaint({ kind, from, to }: FoundNumber): string {
  const what = `Characters ${from} to ${to} look like ${numberWords[kind]}.`;
  if (kind === "card" || kind === "iban") return `${what} Take it out, or leave its last four digits alone.`;
  const other = isWeak(kind) ? ' If it is another number, say so before it, as in "order 4711".' : "";
  return `${what} Take it out: the record itself says whom it concerns.${other}`;
}

function numberCheck(label: boolean) {
  return z.check<string>(({ value, issues }) => {
    const { words: message, kinds } = numberComplaint(value, label);
    if (kinds.length > 0)
      issues.push({ code: "custom", input: value, message, params: { foundNumbers: kinds } });
  });
}

type Found = { path: string[]; field: string; words: string; kinds: NumberKind[] };

/** What the texts of plain data hold, by place. What has the name `words` is read as prose, the rest as names. */
export function numbersIn(data: unknown): Found[] {
  return textsIn(data, []).flatMap(([path, text]) => {
    const { words, kinds } = numberComplaint(text, path.at(-1) !== "words");
    return kinds.length === 0 ? [] : [{ path, field: path.join("."), words, kinds }];
  });
}

function textsIn(data: unknown, path: readonly string[]): [string[], string][] {
  if (typeof data === "string") return [[[...path], data]];
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, value]): [string[], string][] => [
    ...(Array.isArray(data) ? [] : [[[...path], name] satisfies [string[], string]]),
    ...textsIn(value, [...path, name]),
  ]);
}
