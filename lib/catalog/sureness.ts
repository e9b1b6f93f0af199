/** How sure a proposal is, as the review groups it. */
export type Sureness = "sure" | "likely" | "unsure";

/** From which confidence on a proposal is sure, or likely. */
export const surenessFrom = { sure: 0.9, likely: 0.7 } as const;

/** The group of a proposal. */
export function surenessOf(confidence: number): Sureness {
  // Stored as a four-byte float: 0.9 comes back a little less than itself.
  const rounded = Math.round(confidence * 1_000) / 1_000;
  if (rounded >= surenessFrom.sure) return "sure";
  return rounded >= surenessFrom.likely ? "likely" : "unsure";
}
