/** How many rows one query of a report reads. */
export const BATCH = 2_000;

/**
 * All rows of a long list, a query for each batch: `read` gives those after a place in a total order, at most `BATCH`, and
 * `placeOf` the place of the last. Memory stays flat however long the list is.
 */
export async function* batches<Found, Place>(
  read: (after: Place | null) => Promise<readonly Found[]>,
  placeOf: (last: Found) => Place,
): AsyncGenerator<readonly Found[]> {
  let place: Place | null = null;
  for (;;) {
    const found: readonly Found[] = await read(place);
    if (found.length > 0) yield found;
    const last = found.at(-1);
    if (found.length < BATCH || last === undefined) return;
    place = placeOf(last);
  }
}
