import type { RuleAnswer } from "@/lib/policies/ruling";

/** Somebody who may be asked to decide: active, and an approver. */
export type Approver = { id: string; name: string };

const builtIn: Readonly<Record<string, string>> = {
  manager: "The manager of whoever asks decides.",
  "managers-manager": "The manager's manager decides, because the manager cannot.",
  "any-approver": "Any approver decides, because no manager can.",
};

/** The rule of a stored request in words; those of before there were policies have a word of their own. */
export function ruleWords(rule: string): string {
  return Object.hasOwn(builtIn, rule) ? (builtIn[rule] ?? "") : `The rule “${rule}” of the policy decides.`;
}

/** Rules that could not be asked, each with why; what they demand is added to what decides. */
export function unaskedWords(answers: readonly Pick<RuleAnswer, "rule" | "answer" | "missing">[]): string[] {
  return answers.flatMap(({ rule, answer, missing }) => {
    if (answer !== "missing" && answer !== "error") return [];
    const why = answer === "error" ? "it failed" : `not known: ${missing.map(signalWords).join(", ")}`;
    return [`The rule “${rule}” could not be asked (${why}); what it demands is added.`];
  });
}

/** "history.first_time" as a few words. */
const signalWords = (name: string) => (name.split(".")[1] ?? name).replaceAll("_", " ");

/** Who decides and how long it usually takes: "Max decides; usually within 12 minutes." */
export function routeWords(approvers: readonly Approver[], usualMinutes: number | null): string {
  const names = approvers.map((approver) => approver.name);
  const usually = usualMinutes === null ? "" : `; usually within ${durationWords(usualMinutes)}`;
  return `${subject(names)}${usually}.`;
}

function subject(names: readonly string[]): string {
  const [first = "Nobody", second, ...more] = names;
  if (second === undefined) return `${first} decides`;
  if (more.length === 0) return `${first} or ${second} decides`;
  return `${first}, ${second} or ${more.length === 1 ? more[0] : `one of ${more.length} others`} decides`;
}

/** A time in words, rounded up to minutes. */
export function durationWords(minutes: number): string {
  const rounded = Math.max(1, Math.ceil(minutes));
  if (rounded < 90) return `${rounded} minute${rounded === 1 ? "" : "s"}`;
  const hours = Math.round(rounded / 60);
  return `${hours} hours`;
}
