import type { Policy } from "@/lib/policies/view";
import { outcomeWords, reminderWords, termWords, whenWords, type Names, type Rule } from "./policy-words";

export type Difference = { kind: "added" | "removed" | "moved" | "changed"; what: string; words: string };

/** What a policy changes of another one, in words: rules that came, went, moved or read otherwise, and the rest of it. */
export function differenceOf(before: Policy, after: Policy, names: Names): Difference[] {
  const old = new Map(before.rules.map((rule) => [rule.name, rule]));
  const kept = new Set(after.rules.map((rule) => rule.name).filter((name) => old.has(name)));
  const orderBefore = before.rules.map((rule) => rule.name).filter((name) => kept.has(name));
  const staying = longestCommon(
    orderBefore,
    after.rules.map((rule) => rule.name).filter((name) => kept.has(name)),
  );
  return [
    ...after.rules.flatMap((rule, at) => {
      const was = old.get(rule.name);
      if (!was)
        return [
          { kind: "added" as const, what: rule.name, words: `Now rule ${at + 1}. ${sentence(rule, names)}` },
        ];
      const moved = { kind: "moved" as const, what: rule.name, words: `Now rule ${at + 1}.` };
      return [...(staying.has(rule.name) ? [] : [moved]), ...changesOf(was, rule, names)];
    }),
    ...before.rules
      .filter((rule) => !kept.has(rule.name))
      .map((rule) => ({ kind: "removed" as const, what: rule.name, words: sentence(rule, names) })),
    ...restOf(before, after),
  ];
}

function changesOf(was: Rule, is: Rule, names: Names): Difference[] {
  const parts: [string, string, string][] = [
    ["When", whenWords(was.when).words, whenWords(is.when).words],
    ["Outcome", outcomeWords(was.outcome, names), outcomeWords(is.outcome, names)],
    ["Terms", termWords(was).join(", ") || "none", termWords(is).join(", ") || "none"],
  ];
  return parts
    .filter(([, one, other]) => one !== other)
    .map(([part, one, other]) => ({ kind: "changed", what: is.name, words: `${part}: ${one} → ${other}` }));
}

function restOf(before: Policy, after: Policy): Difference[] {
  const weights = Object.keys(after.risk) as (keyof Policy["risk"])[];
  const weighed = weights.filter((key) => !same(before.risk[key], after.risk[key]));
  const all: [boolean, string, string][] = [
    [!same(before.fallback, after.fallback), "Who steps in", "Another order or other people."],
    [!same(before.reminders, after.reminders), "Reminders", `Now ${reminderWords(after.reminders)}.`],
    [weighed.length > 0, "Risk", `Weighed otherwise: ${weighed.map(spaced).join(", ")}.`],
    [
      !same(before.scenarios, after.scenarios),
      "Scenarios",
      `${before.scenarios.length} before, ${after.scenarios.length} now.`,
    ],
  ];
  return all.filter(([changed]) => changed).map(([, what, words]) => ({ kind: "changed", what, words }));
}

const sentence = (rule: Rule, names: Names) =>
  [`When ${whenWords(rule.when).words}: ${outcomeWords(rule.outcome, names)}`, ...termWords(rule)].join(", ");

/** Names of the longest run that both orders share; the fewest rules have moved then. */
function longestCommon(one: readonly string[], other: readonly string[]): ReadonlySet<string> {
  const best: string[][] = other.map((name) => [name]);
  for (const [at, name] of other.entries()) {
    const place = one.indexOf(name);
    for (const earlier of best.slice(0, at)) {
      const fits = one.indexOf(earlier.at(-1) ?? "") < place;
      if (fits && earlier.length + 1 > (best[at]?.length ?? 0)) best[at] = [...earlier, name];
    }
  }
  return new Set(best.toSorted((a, b) => b.length - a.length)[0] ?? []);
}

/** Documents come out of the database with their keys in another order. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const spaced = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
