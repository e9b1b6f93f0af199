"use client";

import { lazy } from "react";
import type { RevealCellProps } from "./reveal-cell";
import type { RevealProviderProps } from "./reveal-provider";

// Split off, so that a page without a grant loads nothing of what reveals: most visits of a table have none.
// Functions around them, because a client component is lazy already and React resolves only one of the two.
const Provider = lazy(async () => ({ default: (await import("./reveal-provider")).RevealProvider }));
const Banner = lazy(async () => ({ default: (await import("./reveal-banner")).RevealBanner }));
const Cell = lazy(async () => ({ default: (await import("./reveal-cell")).RevealCell }));

/** `RevealProvider`, fetched by the pages that render it. */
export function RevealProvider(props: RevealProviderProps) {
  return <Provider {...props} />;
}

/** `RevealBanner`, fetched by the pages that render it. */
export function RevealBanner() {
  return <Banner />;
}

/** `RevealCell`, fetched by the pages that render it. */
export function RevealCell(props: RevealCellProps) {
  return <Cell {...props} />;
}
