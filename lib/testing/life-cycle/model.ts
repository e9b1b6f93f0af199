import "server-only";
import type fc from "fast-check";
import { expect } from "vitest";
import type { Context } from "@/lib/auth/context";
import type { Role } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";
import type { Story } from "../story";

/** The people of a run, and the roles that they begin and end with. */
export const cast = {
  ana: ["agent"],
  ben: ["agent"],
  max: ["agent", "approver"],
  noor: ["approver"],
  paul: ["approver"],
} as const satisfies Record<string, readonly Role[]>;
export type Player = keyof typeof cast;
export const players = Object.keys(cast) as Player[];

/** The policies of a run, and how many people each asks for. */
export const policies = {
  one: { seats: 1, outcome: { kind: "review", steps: [step({ kind: "manager" })] } },
  two: {
    seats: 2,
    outcome: { kind: "review", steps: [step({ kind: "manager" }), step({ kind: "approvers" })] },
  },
  both: { seats: 2, outcome: { kind: "review", steps: [step({ kind: "approvers" }, 2)] } },
  auto: { seats: 0, outcome: { kind: "auto" } },
} as const;
export type PolicyName = keyof typeof policies;

function step(who: object, count = 1) {
  return { anyOf: [{ who, count }] };
}

export type AskedFor = {
  id: string;
  by: Player;
  seats: number;
  state: "pending" | "over";
  /** As the page showed it last. */
  version: number;
  /** Who approved; in doubt once they lost the role, for their vote may count again or not. */
  votes: Map<Player, "stands" | "in doubt">;
};
export type Given = { id: string; by: Player; state: "ready" | "active" | "over" };

/** All that the model knows: much less than the product, and enough to say what must never be. */
export type Model = {
  policy: PolicyName;
  requests: AskedFor[];
  grants: Given[];
  disabled: Set<Player>;
  roles: Map<Player, Set<Role>>;
};
export type Real = { story: Story; contexts: Map<Player, Context> };

export const newModel = (): Model => ({
  policy: "one",
  requests: [],
  grants: [],
  disabled: new Set(),
  roles: new Map(players.map((name) => [name, new Set<Role>(cast[name])])),
});

type Run = (model: Model, real: Real) => Promise<void>;
export type Deed = fc.AsyncCommand<Model, Real>;

export const deed = (words: string, run: Run, check: (model: Model) => boolean = () => true): Deed => ({
  check: (model) => check(model),
  run,
  toString: () => words,
});

export const hasRequests = ({ requests }: Model) => requests.length > 0;
export const hasGrants = ({ grants }: Model) => grants.length > 0;
/** The last ones are the liveliest: small numbers name them. */
export const pick = <T>(list: readonly T[], at: number): T => list[list.length - 1 - (at % list.length)]!;

export const may = ({ disabled, roles }: Model, who: Player, role: Role) =>
  !disabled.has(who) && roles.get(who)!.has(role);

/** What became of a deed: its result, or null when it was refused in words of ours; anything else fails the run. */
export async function tried<T>(real: Real, work: () => Promise<T>): Promise<{ result: T } | null> {
  const before = await logSize(real);
  try {
    const result = await work();
    expect(await logSize(real), "what was done is on record").toBeGreaterThan(before);
    return { result };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function logSize({ story }: Real): Promise<number> {
  const [head] = await story.control.owner<{ size: string }[]>`SELECT size FROM audit_head`;
  return Number(head!.size);
}

export const contextOf = ({ contexts }: Real, who: Player) => contexts.get(who)!;
