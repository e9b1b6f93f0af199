/** A record or a field among which an approver chooses. */
export type Box = { id: string; label: string };

/** The boxes whose label says all words that were typed, in whatever case; all of them where nothing was typed. */
export function matching(boxes: readonly Box[], typed: string): Box[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return boxes.filter(({ label }) => {
    const text = label.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What is chosen after one box was set; with Shift, all from the box that was set before, as they are listed. */
export function withBoxes(
  chosen: ReadonlySet<string>,
  listed: readonly Box[],
  { id, on, since }: { id: string; on: boolean; since: string | null },
): Set<string> {
  const to = listed.findIndex((box) => box.id === id);
  const from = since === null ? to : listed.findIndex((box) => box.id === since);
  const [start, end] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  return withAll(chosen, listed.slice(start, end + 1), on);
}

/** What is chosen after all of these were set; the others stay as they are. */
export function withAll(chosen: ReadonlySet<string>, boxes: readonly Box[], on: boolean): Set<string> {
  const after = new Set(chosen);
  for (const { id } of boxes) {
    if (on) after.add(id);
    else after.delete(id);
  }
  return after;
}

/** The first so many of all, and no other. */
export function firstOf(boxes: readonly Box[], count: number): Set<string> {
  return new Set(boxes.slice(0, Math.max(0, Math.floor(count) || 0)).map(({ id }) => id));
}
