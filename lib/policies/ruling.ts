import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import { bindingsOf, type Bindings } from "@/lib/policies/environment";
import {
  LONGEST_AUTOMATIC_VIEW,
  managerStep,
  type Caps,
  type Outcome,
  type Rule,
  type Step,
} from "@/lib/policies/policy";
import { assessRisk, type Risk } from "@/lib/policies/risk";
import { opensForNobody, type RequestSignals } from "@/lib/policies/signals";

/** What one rule said of a request: `missing` and `error` are never a match, but leave nothing more open than a match would. */
export type RuleAnswer = {
  rule: string;
  answer: "matches" | "no" | "missing" | "error" | "not-asked";
  shadow: boolean;
  /** The missing signals. */
  missing: readonly string[];
};

/** What the request lacks for the rule that it falls under; it cannot be sent so. */
export type Need = "ticket" | "step-up" | "purpose" | "records" | "level";

export type Ruling = {
  /** The rule that decided; null where none matched and the manager decides. */
  rule: string | null;
  outcome: Outcome;
  /** The tightest of all that applies; the view time is always capped. */
  caps: Caps & { viewSeconds: number };
  needs: readonly Need[];
  /** Allowed purposes; all where empty. */
  purposes: readonly string[];
  /** Whether an emergency may open it at once. */
  breakGlass: boolean;
  /** Whether a password of the last ten minutes is asked of whoever sends, decides or opens it. */
  stepUp: boolean;
  /** Whether a passkey is asked of whoever approves or opens it. */
  passkey: boolean;
  risk: Risk;
  answers: readonly RuleAnswer[];
  /** What rules that only watch would have done. */
  shadow: readonly { rule: string; would: Outcome["kind"] }[];
};

/** A ruling as it is kept with its request: the risk is kept beside it, and of the rules only those that spoke. */
export type StoredRuling = Omit<Ruling, "risk" | "stepUp" | "passkey"> & {
  /** Not there in rulings of before they were kept. */
  stepUp?: boolean;
  passkey?: boolean;
};

/** What is kept of a ruling; rules that did not match or were not asked can be asked again from the signals. */
export function storedRuling({ risk: _, answers, ...ruling }: Ruling): StoredRuling {
  const silent = ["no", "not-asked"];
  return { ...ruling, answers: answers.filter(({ answer }) => !silent.includes(answer)) };
}

const LONGEST_VIEW = 1800;
/** So long a password that was given counts as a fresh one. */
export const STEP_UP_MINUTES = 10;
const neverWords = "Values of this class are never shown to anybody.";

/**
 * How a policy decides a request: the first rule that matches, else the manager. A rule that cannot be asked, because
 * it fails or a signal that it reads is missing, opens nothing: what it would have demanded is added to whatever
 * decides in its place (law 10). Pure, and the same for the same signals.
 */
export function ruleOn({ policy, rules }: CompiledPolicy, signals: RequestSignals): Ruling {
  const risk = assessRisk(signals, policy.risk);
  const bindings = bindingsOf({ signals, risk, weights: policy.risk });
  const answers: RuleAnswer[] = [];
  const shadow: { rule: string; would: Outcome["kind"] }[] = [];
  const unasked: Rule[] = [];
  let decided: Rule | null = null;
  for (const { rule, condition } of rules) {
    if (decided && !rule.shadow) {
      answers.push({ rule: rule.name, answer: "not-asked", shadow: false, missing: [] });
      continue;
    }
    const missing = condition.reads.filter((name) => bindings.missing.has(name));
    const answer = missing.length > 0 ? "missing" : asked(condition, bindings);
    answers.push({ rule: rule.name, answer, shadow: rule.shadow, missing });
    if (rule.shadow) {
      if (answer === "matches") shadow.push({ rule: rule.name, would: rule.outcome.kind });
    } else if (answer === "matches") decided = rule;
    else if (answer !== "no") unasked.push(rule);
  }
  return { ...together(decided, unasked, signals), risk, answers, shadow };
}

function asked(condition: CompiledPolicy["rules"][number]["condition"], bindings: Bindings) {
  try {
    return condition.test(bindings) ? "matches" : "no";
  } catch {
    return "error";
  }
}

type Terms = Pick<Rule, "caps" | "ticketNeeded" | "stepUp" | "passkey" | "purposes" | "breakGlass">;

function together(
  decided: Rule | null,
  unasked: readonly Rule[],
  signals: RequestSignals,
): Pick<Ruling, "rule" | "outcome" | "caps" | "needs" | "purposes" | "breakGlass" | "stepUp" | "passkey"> {
  const own: Outcome = decided?.outcome ?? { kind: "review", steps: [managerStep] };
  const never = signals.fields.some((field) => opensForNobody(field));
  const ruled: Outcome = never
    ? { kind: "deny", words: neverWords }
    : strictest(
        own,
        unasked.map((rule) => rule.outcome),
      );
  const outcome = extended(ruled, decided, signals);
  // What only an automatic approval would have demanded does not bind a review by people.
  const added = unasked.filter((rule) => outcome.kind === "auto" || rule.outcome.kind !== "auto");
  const terms: readonly Terms[] = decided ? [decided, ...added] : added;
  const denier = unasked.find((rule) => rule.outcome.kind === "deny");
  const caps = tightest(terms.map((one) => one.caps));
  const longest = outcome.kind === "auto" ? LONGEST_AUTOMATIC_VIEW : LONGEST_VIEW;
  const purposes = common(terms.map((one) => one.purposes).filter((some) => some.length > 0));
  return {
    rule: (outcome.kind === "deny" && denier?.name) || (decided?.name ?? null),
    outcome,
    caps: { ...caps, viewSeconds: Math.min(caps.viewSeconds ?? longest, longest) },
    needs: outcome.kind === "deny" ? [] : needsOf(terms, caps, purposes, signals),
    purposes: purposes ?? [],
    stepUp: terms.some((one) => one.stepUp),
    passkey: terms.some((one) => one.passkey === true),
    // No match is not reviewed by a rule, so no rule has allowed an emergency.
    breakGlass: decided !== null && outcome.kind !== "deny" && terms.every((one) => one.breakGlass),
  };
}

/** What people had decided first, no rule gives more time by itself, unless it says that it does. */
function extended(outcome: Outcome, decided: Rule | null, { extension }: RequestSignals): Outcome {
  const mayBeAlone = !extension || extension.automatic || decided?.autoExtension === true;
  return outcome.kind !== "auto" || mayBeAlone ? outcome : { kind: "review", steps: [managerStep] };
}

/** The outcome that opens least of all of these: a denial wins, and every step of every review has to be filled. */
function strictest(own: Outcome, others: readonly Outcome[]): Outcome {
  const all = [own, ...others];
  const denial = all.find((outcome) => outcome.kind === "deny");
  if (denial) return denial;
  const steps: Step[] = own.kind === "review" ? [...own.steps] : [];
  for (const outcome of others) {
    if (outcome.kind !== "review") continue;
    for (const step of outcome.steps) {
      const at = steps.findIndex((one) => JSON.stringify(one.anyOf) === JSON.stringify(step.anyOf));
      if (at === -1) steps.push(step);
      else steps[at] = narrower(steps[at] ?? step, step);
    }
  }
  return steps.length > 0 ? { kind: "review", steps } : own;
}

/** Of two steps for the same people, those who are told decide only where both say so. */
function narrower(own: Step, other: Step): Step {
  if (!own.escalate) return own;
  const mayDecide = own.escalate.mayDecide && other.escalate?.mayDecide === true;
  return { ...own, escalate: { ...own.escalate, mayDecide } };
}

function tightest(all: readonly Caps[]): Caps {
  const least = (key: "viewSeconds" | "records" | "views") => {
    const values = all.map((caps) => caps[key]).filter((value) => value !== undefined);
    return values.length > 0 ? { [key]: Math.min(...values) } : {};
  };
  const partial = all.some((caps) => caps.level === "partial");
  return {
    ...least("viewSeconds"),
    ...least("records"),
    ...least("views"),
    ...(partial ? { level: "partial" } : {}),
  };
}

function common(lists: readonly (readonly string[])[]): readonly string[] | null {
  const [first, ...rest] = lists;
  return first ? first.filter((one) => rest.every((list) => list.includes(one))) : null;
}

function needsOf(
  terms: readonly Terms[],
  caps: Caps,
  purposes: readonly string[] | null,
  signals: RequestSignals,
): Need[] {
  const { signedInMinutes } = signals;
  const fresh = signedInMinutes !== null && signedInMinutes <= STEP_UP_MINUTES;
  const lacks: Record<Need, boolean> = {
    ticket: !signals.ticket && terms.some((one) => one.ticketNeeded),
    "step-up": !fresh && terms.some((one) => one.stepUp),
    purpose: purposes !== null && !purposes.includes(signals.purpose),
    records: signals.records > (caps.records ?? Infinity),
    level: caps.level === "partial" && signals.fields.some((field) => field.level === "full"),
  };
  return (Object.keys(lacks) as Need[]).filter((need) => lacks[need]);
}
