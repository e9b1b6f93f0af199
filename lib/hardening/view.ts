import type { Answer } from "@/lib/catalog/view";

/** One thing that was looked at in a source: whether it is right, in words. */
export type Finding = { readonly ok: boolean; readonly words: string };

/** What was found when a steward had the two roles checked. */
export type CheckedView = { readonly ok: boolean; readonly findings: readonly Finding[] };

/** Who masks a source, for its connection page. */
export type HardeningView = {
  readonly roles: { readonly masked: string; readonly reveal: string };
  /** The beginning of the SQL, with dots for its keys. */
  readonly script: string;
};

/** What the connection page hands to the form of the two roles. */
export type HardeningActions = {
  check: (wanted: RolesWanted) => Promise<Answer<CheckedView>>;
  harden: (wanted: RolesWanted) => Promise<Answer<{ name: string }>>;
};

type RolesWanted = { sourceId: string; version: number; masked: string; reveal: string };

/** A source on the health page. */
export type HealthView = {
  readonly name: string;
  readonly slug: string;
  readonly reachable: boolean;
  /** What the source answered, or why it did not. */
  readonly version: string;
  readonly hardened: boolean;
  readonly findings: readonly Finding[];
  /** Columns that changed in the source since they were confirmed. */
  readonly changedColumns: number;
  readonly scannedAt: string | null;
};
