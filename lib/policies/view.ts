import type { Policy } from "@/lib/policies/policy";

export type { Policy } from "@/lib/policies/policy";

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
  whyNot: { change: string | null; test: string | null; activate: string | null };
};

/** How a scenario came out; `words` says what was expected and what happened instead. */
export type ScenarioLine = { name: string; passed: boolean; words: string };

/** Whom a policy can name: groups by their short names, approvers by their ids. */
export type PolicyNames = {
  groups: readonly { id: string; name: string }[];
  approvers: readonly { id: string; name: string }[];
};
