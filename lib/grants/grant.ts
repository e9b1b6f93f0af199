import type { RequestedField } from "@/lib/requests/request";

export type GrantState = "ready" | "active" | "ended" | "returned" | "revoked" | "lapsed";

/** A field that a grant opens, and how far. */
export type GrantedField = RequestedField;

/** The clocks of a grant, as stored. */
export type GrantClocks = {
  state: GrantState;
  /** Before it nothing opens, whatever the state says; null for at once. */
  notBefore: Date | null;
  activateBy: Date;
  endsAt: Date | null;
};

/** What may be done to a grant in which state; whatever is not named is refused. */
export const allowedDeeds = {
  ready: ["activate", "revoke", "return"],
  active: ["reveal", "revoke", "return"],
  ended: [],
  returned: [],
  revoked: [],
  lapsed: [],
} as const satisfies Record<GrantState, readonly GrantDeed[]>;

export type GrantDeed = "activate" | "reveal" | "revoke" | "return";

/**
 * The state as it is at `now` (database clock): a window that is over has ended although nobody has written it
 * down yet. The last moment is excluded: at `endsAt` itself nothing is shown (law 4).
 */
export function stateAt(grant: GrantClocks, now: Date): GrantState {
  if (grant.state === "ready" && now >= grant.activateBy) return "lapsed";
  // An extension that was approved early goes on by itself, from the end of what came before.
  if (grant.state === "active" && msToStart(grant, now) > 0) return "ready";
  if (grant.state === "active" && (grant.endsAt === null || now >= grant.endsAt)) return "ended";
  return grant.state;
}

/** Whether the deed is possible in the state that the grant has at `now`. */
export function grantAllows(grant: GrantClocks, deed: GrantDeed, now: Date): boolean {
  const deeds: readonly GrantDeed[] = allowedDeeds[stateAt(grant, now)];
  return deeds.includes(deed) && (deed !== "activate" || msToStart(grant, now) === 0);
}

/** Milliseconds until the moment at `now` before which nothing opens; 0 once it has come, or where there is none. */
export function msToStart({ notBefore }: Pick<GrantClocks, "notBefore">, now: Date): number {
  return notBefore === null ? 0 : Math.max(0, notBefore.getTime() - now.getTime());
}

/** Milliseconds that an active grant still has at `now`; 0 for any other. */
export function msLeft(grant: GrantClocks, now: Date): number {
  if (stateAt(grant, now) !== "active" || grant.endsAt === null) return 0;
  return grant.endsAt.getTime() - now.getTime();
}

/** How many views of a limited grant are left; null where there is no limit. */
export function viewsLeft(maxViews: number | null, spent: number): number | null {
  return maxViews === null ? null : Math.max(0, maxViews - spent);
}
