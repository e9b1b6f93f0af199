import type { Policy } from "@/lib/policies/policy";

export type { Policy } from "@/lib/policies/policy";

export type { RequestSignals } from "@/lib/policies/signals";

export type PolicyState = "draft" | "tested" | "active" | "retired" | "built-in";

/** One line of the list of policies. */
export type PolicyLine = {
  number: number;
  state: PolicyState;
  note: string;
  editors: readonly string[];
  basedOn: number | null;
  changedAt: string | null;
  activatedBy: string | null;
  activatedAt: string | null;
};

/** A version of the policy, with what its reader may do with it; words why not, null where they may. */
export type PolicyVersionView = PolicyLine & {
  /** The version that was seen; a change carries it. */
  version: number;
  policy: Policy;
  /** How each scenario comes out; none where the document cannot be asked. */
  scenarios: readonly ScenarioLine[];
  /** What to look at before it counts, or while it does: steps that nobody could fill now, rules that are never asked. */
  warnings: readonly string[];
  whyNot: { change: string | null; test: string | null; activate: string | null };
};

/** How a scenario came out; `words` says what was expected and what happened instead. */
export type ScenarioLine = { name: string; passed: boolean; words: string };

/** What a policy names: groups by their short names, approvers and data classes by their ids. */
export type PolicyNames = {
  groups: readonly { id: string; name: string }[];
  approvers: readonly { id: string; name: string }[];
  /** `own` is the group of a class that stewards added, null for a built-in one. */
  classes: readonly { id: string; title: string; sensitivity: number; own: string | null }[];
};

/** What the editor offers to choose from. */
export type PolicyChoices = PolicyNames & {
  purposes: readonly { id: string; words: string }[];
  tables: readonly { id: string; source: string; schema: string; name: string }[];
  roles: readonly string[];
};

/** People who may send a request, with their roles and the short names of their groups. */
export type Requesters = readonly {
  id: string;
  name: string;
  roles: readonly string[];
  groups: readonly string[];
}[];

/** A draft that a scenario can be kept in, as it was seen. */
export type DraftChoice = { number: number; version: number; note: string };

/** How a draft came out of its scenarios when it was saved; refusals name each part that is unsound. */
export type SaveAnswer =
  | { ok: true; output: { passed: boolean; version: number; results: readonly ScenarioLine[] } }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

/** One row of the table of changes: how many requests would go from one outcome to another, and some of them. */
export type ReplayRow = { from: string; to: string; requests: number; numbers: number[] };

export type ReplayResult = {
  requests: number;
  changed: number;
  rows: ReplayRow[];
  /** Distinct people and records of the requests that would change. */
  people: number;
  records: number;
  /** Waiting that would have been saved, because it had been automatic. */
  savedSeconds: number;
  /** Rules of the policy that only watch, and of how many requests each would have decided. */
  watched: { rule: string; would: "auto" | "review" | "deny"; requests: number }[];
};

/** How often a rule that only watches would have decided a request, and how that was decided instead. */
export type WatchedLine = {
  rule: string;
  would: "auto" | "review" | "deny";
  was: "auto" | "review" | "deny";
  requests: number;
};

export type ReplayAnswer = { ok: true; output: ReplayResult } | { ok: false; what: string; next: string };

/**
 * A part of a condition and whether it holds for a request: `all`, `any`, `not` and `choice` join others, `one` is a
 * comparison with what it looked at. A value that is null is a signal that is missing.
 */
export type ConditionPart = {
  kind: "all" | "any" | "not" | "choice" | "one";
  text: string;
  answer: "yes" | "no" | "missing" | "error";
  saw: readonly { name: string; value: string | null }[];
  parts: readonly ConditionPart[];
};

/** What one rule said of a request that was put together by hand, and why; `why` is also told of one that was not asked. */
export type SimulatedRule = {
  rule: string;
  answer: "matches" | "no" | "missing" | "error" | "not-asked";
  shadow: boolean;
  why: ConditionPart;
};
