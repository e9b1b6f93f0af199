import type { Policy } from "@/lib/policies/view";
import type { Titles } from "./class-titles";
import {
  outcomeWords,
  percentWords,
  reminderWords,
  seatWords,
  termWords,
  whenWords,
  type Names,
  type Rule,
} from "./policy-words";
import { riskLines } from "./risk-words";
import { changedLines, scenarioLines, scenarioWords } from "./scenario-words";

export type Difference = { kind: "added" | "removed" | "moved" | "changed"; what: string; words: string };

/** What a policy changes of another one, in words: rules that came, went, moved or read otherwise, and the rest of it. */
export function differenceOf(before: Policy, after: Policy, names: Names, titles: Titles): Difference[] {
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
          {
            kind: "added" as const,
            what: rule.name,
            words: `Now rule ${at + 1}. ${sentence(rule, names, titles)}`,
          },
        ];
      const moved = { kind: "moved" as const, what: rule.name, words: `Now rule ${at + 1}.` };
      return [...(staying.has(rule.name) ? [] : [moved]), ...changesOf(was, rule, names, titles)];
    }),
    ...before.rules
      .filter((rule) => !kept.has(rule.name))
      .map((rule) => ({ kind: "removed" as const, what: rule.name, words: sentence(rule, names, titles) })),
    ...restOf(before, after, names),
  ];
}

function changesOf(was: Rule, is: Rule, names: Names, titles: Titles): Difference[] {
  // By their ids: titles are words of stewards, and must not make two conditions look the same.
  const sameWhen = whenWords(was.when, {}).words === whenWords(is.when, {}).words;
  const parts: [string, string, string][] = [
    ["Outcome", outcomeWords(was.outcome, names), outcomeWords(is.outcome, names)],
    ["Terms", termWords(was).join(", ") || "none", termWords(is).join(", ") || "none"],
  ];
  const when = ["When", whenWords(was.when, titles).words, whenWords(is.when, titles).words] as const;
  return [...(sameWhen ? [] : [when]), ...parts.filter(([, one, other]) => one !== other)].map(
    ([part, one, other]) => ({ kind: "changed", what: is.name, words: `${part}: ${one} → ${other}` }),
  );
}

function restOf(before: Policy, after: Policy, names: Names): Difference[] {
  const order = ({ fallback }: Policy) => fallback.map((who) => seatWords(who, 1, names)).join(", then ");
  const share = ({ reviewShare }: Policy) => percentWords(reviewShare);
  return [
    ...turned("Who steps in", order(before), order(after)),
    ...turned("Looked at afterwards", share(before), share(after)),
    ...turned("Reminders", reminderWords(before.reminders), reminderWords(after.reminders)),
    ...riskChanges(before.risk, after.risk),
    ...scenarioChanges(before.scenarios, after.scenarios, names),
  ];
}

const turned = (what: string, was: string, is: string): Difference[] =>
  was === is ? [] : [{ kind: "changed", what, words: `${was} → ${is}` }];

function riskChanges(before: Policy["risk"], after: Policy["risk"]): Difference[] {
  const was = new Map(riskLines(before).map(({ what, words }) => [what, words]));
  const is = new Map(riskLines(after).map(({ what, words }) => [what, words]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((what) =>
    turned(`Risk: ${what}`, was.get(what) ?? "0 points", is.get(what) ?? "0 points"),
  );
}

function scenarioChanges(
  before: Policy["scenarios"],
  after: Policy["scenarios"],
  names: Names,
): Difference[] {
  const was = new Map(before.map((scenario) => [scenario.name, scenario]));
  const is = new Set(after.map(({ name }) => name));
  const what = (name: string) => `Scenario: ${name}`;
  return [
    ...after.flatMap((scenario): Difference[] => {
      const earlier = was.get(scenario.name);
      if (!earlier)
        return [{ kind: "added", what: what(scenario.name), words: scenarioWords(scenario, names) }];
      return changedLines(scenarioLines(earlier, names), scenarioLines(scenario, names)).map((words) => ({
        ...{ kind: "changed" as const, what: what(scenario.name), words },
      }));
    }),
    ...before
      .filter(({ name }) => !is.has(name))
      .map((scenario) => ({
        ...{ kind: "removed" as const, what: what(scenario.name), words: scenarioWords(scenario, names) },
      })),
  ];
}

const sentence = (rule: Rule, names: Names, titles: Titles) =>
  [
    `When ${whenWords(rule.when, titles).words}: ${outcomeWords(rule.outcome, names)}`,
    ...termWords(rule),
  ].join(", ");

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
