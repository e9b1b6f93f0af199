export const rowHeights = ["dense", "comfortable"] as const;
export type RowHeight = (typeof rowHeights)[number];

export const rowsCookie = "glimpse-rows" as const;

/** The row height that a cookie asks for; anything unknown means dense. */
export function parseRows(value: unknown): RowHeight {
  return rowHeights.find((height) => height === value) ?? "dense";
}
