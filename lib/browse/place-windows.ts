/** A stretch of a table between two places, both excluded; open at its end where `to` is null. */
export type PlaceWindow = { readonly from: string; readonly to: string | null };

const firstBlocks = 16;
const mostBlocks = 4_096;

/**
 * The windows in which a page is looked for, nearest first and each larger than the one before, until the table of
 * so many blocks is through: rows of a window are sorted, so it must be small where rows are dense.
 */
export function* placeWindows(
  blocks: number,
  from: string | null,
  backward: boolean,
): Generator<PlaceWindow> {
  let size = firstBlocks;
  let edge = from;
  for (;;) {
    const at = edge === null ? (backward ? blocks : 0) : blockOf(edge);
    const next = backward ? Math.max(0, at - size) : at + size;
    const place = `(${next},0)`;
    if (backward) yield { from: place, to: edge };
    // Rows may have been added behind the last block that was counted.
    else yield { from: edge ?? "(0,0)", to: next >= blocks ? null : place };
    if (backward ? next === 0 : next >= blocks) return;
    edge = place;
    size = Math.min(size * 4, mostBlocks);
  }
}

const blockOf = (place: string) => Number(/^\((\d+),/u.exec(place)?.[1] ?? 0);
