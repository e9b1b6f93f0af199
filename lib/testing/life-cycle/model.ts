import "server-only";
import type fc from "fast-check";
import { expect } from "vitest";
import type { EventCode } from "@/lib/audit/codes";
import type { Context } from "@/lib/auth/context";
import type { Role } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";
import type { Story } from "../story";
import { newCodes, type FollowedLog } from "./log";
import type { PolicyName } from "./policies";

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

export type AskedFor = {
  id: string;
  by: Player;
  /** The policy that it was sent under. */
  policy: PolicyName;
  state: "pending" | "over";
  /** As the page showed it last. */
  version: number;
  /** Whether the requester's manager could decide it when it was sent: nobody else was put in their place. */
  managed: boolean;
  /** Who approved; in doubt once they lost the role, for their vote may count again or not. */
  votes: Map<Player, "stands" | "in doubt">;
  /** For whom somebody approved, where it was not for themselves. */
  votedFor: Map<Player, Player>;
  /** Whether its step has waited for its time, and more people were told. */
  escalated: boolean;
};
/** Somebody is away, and somebody else stands in for them. */
export type Absence = { id: string; of: Player; substitute: Player };
export type Given = {
  id: string;
  by: Player;
  state: "ready" | "active" | "over";
  viewsLeft: number;
};
export type Review = { id: string; of: Player; state: "open" | "over" };
/** What an admin stops. */
export type Stopped = Player | "source" | "all";

/** All that the model knows: much less than the product, and enough to say what must never be. */
export type Model = {
  policy: PolicyName;
  requests: AskedFor[];
  grants: Given[];
  reviews: Review[];
  disabled: Set<Player>;
  stops: Set<Stopped>;
  roles: Map<Player, Set<Role>>;
  managers: Map<Player, Player | null>;
  absences: Absence[];
  /** The group that the policy `payments` asks. */
  group: Set<Player>;
  emergencies: Map<Player, number>;
  /** What the clock has ended and nobody has written down. */
  due: { "request.expired": number; "grant.lapsed": number; "grant.ended": number };
};
export type Real = { story: Story; quinn: Context; contexts: Map<Player, Context>; log: FollowedLog };

export const newModel = (): Model => ({
  policy: "one",
  requests: [],
  grants: [],
  reviews: [],
  disabled: new Set(),
  stops: new Set(),
  roles: new Map(players.map((name) => [name, new Set<Role>(cast[name])])),
  managers: new Map([
    ["ana", "max"],
    ["ben", "max"],
    ["max", "noor"],
  ]),
  absences: [],
  group: new Set(),
  emergencies: new Map(),
  due: { "request.expired": 0, "grant.lapsed": 0, "grant.ended": 0 },
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
export const isStopped = ({ stops }: Model, who: Player) =>
  stops.has("all") || stops.has("source") || stops.has(who);
export const isLive = ({ state }: { state: string }) => state !== "over";

/**
 * What became of a deed: its result, or null when it was refused in words of ours; anything else fails the run. What
 * was done has left exactly its events, and what was refused none.
 */
export async function tried<T>(
  real: Real,
  work: () => Promise<T>,
  events: (result: T) => readonly EventCode[],
): Promise<{ result: T } | null> {
  let done: { result: T } | null = null;
  try {
    done = { result: await work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  const written = await newCodes(real.story.control, real.log);
  expect(written, "what was done is on record, and nothing else").toEqual(done ? events(done.result) : []);
  return done;
}

export const contextOf = ({ contexts }: Real, who: Player) => contexts.get(who)!;

/** So often the same code. */
export const times = (count: number, code: EventCode) => Array.from({ length: count }, () => code);
