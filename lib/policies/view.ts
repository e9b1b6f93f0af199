import type { Policy } from "@/lib/policies/policy";

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
  whyNot: { change: string | null; test: string | null; activate: string | null };
};
