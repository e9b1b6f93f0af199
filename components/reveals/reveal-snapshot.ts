import type { GrantPulse, LiveGrant } from "@/lib/grants/view";

export type CellKey = { grantId: string; record: string; columnId: string };

/** Names a cell among all of a page. */
export const cellId = ({ grantId, record, columnId }: CellKey) => `${grantId} ${columnId} ${record}`;

/** How a cell looks; only a revealed one holds its value, and nothing else in the page does. */
export type CellState =
  | { look: "granted" | "opening" | "ended" | "masked" }
  | { look: "revealed"; value: string | null; viewMs: number; goneMs: number };

/** Why the values of a grant are gone or cannot be opened. */
export type GrantEnd = Exclude<GrantPulse["state"], "ready" | "active"> | "unknown";

/** A grant on this page, for the banner. */
export type GrantState = {
  grant: LiveGrant;
  state: "ready" | "active" | GrantEnd;
  /** By the page's clock; null before it is opened. */
  endsAt: number | null;
  /** How many of its cells are on this page, and how many of them are shown. */
  cells: number;
  shown: number;
  busy: boolean;
  /** How many views are left; null where there is no limit. */
  viewsLeft: number | null;
  /** By the page's clock, when it may be opened; null where that is now. */
  startsAt: number | null;
};

export type Snapshot = {
  grants: readonly GrantState[];
  /** How many values are shown, and when the first goes. */
  lit: { count: number; endsAt: number };
  trouble: { what: string; next: string } | null;
};

/** A grant as the page holds it. */
export type Held = Pick<GrantState, "grant" | "state" | "endsAt" | "busy" | "viewsLeft" | "startsAt">;

/** A cell that is on the page, and how it looks. */
export type HeldCell = { key: CellKey; state: CellState };

/** What the banner and the pill show of a page: counts and clocks, never a value. */
export function snapshotOf(
  held: readonly Held[],
  onPage: readonly HeldCell[],
  trouble: Snapshot["trouble"],
): Snapshot {
  const grants = held.map(({ grant, ...rest }) => {
    const cells = onPage.filter(({ key }) => key.grantId === grant.id);
    const shown = cells.filter((cell) => cell.state.look === "revealed").length;
    return { grant, ...rest, cells: cells.length, shown };
  });
  const lit = grants.filter(({ shown }) => shown > 0);
  return {
    grants,
    lit: {
      count: lit.reduce((sum, { shown }) => sum + shown, 0),
      endsAt: Math.min(...lit.map(({ endsAt }) => endsAt ?? 0)),
    },
    trouble,
  };
}

/** When the next window ends, or the next grant that waits for its start may be opened; `Infinity` for never. */
export function nextLook(held: readonly Held[], at: number): number {
  const moments = held.map(({ state, endsAt, startsAt }) => {
    if (state === "active") return endsAt ?? Infinity;
    return startsAt !== null && startsAt > at ? startsAt : Infinity;
  });
  return Math.min(...moments);
}
