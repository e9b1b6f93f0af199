/** What is lit on this page: how many values are shown, and when the first of them goes (by the page's clock). */
export type Lit = { count: number; endsAt: number };

const dark: Lit = { count: 0, endsAt: Number.POSITIVE_INFINITY };
const shown = new Map<object, Lit>();
const listeners = new Set<() => void>();
let sum = dark;

/** Says what one provider shows now; nothing at all when `lit` is null. Counts only, never values. */
export function setLit(owner: object, lit: Lit | null): void {
  if (lit === null || lit.count === 0) shown.delete(owner);
  else shown.set(owner, lit);
  sum = [...shown.values()].reduce(
    (all, one) => ({ count: all.count + one.count, endsAt: Math.min(all.endsAt, one.endsAt) }),
    dark,
  );
  for (const listener of listeners) listener();
}

export function subscribeLit(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readLit = (): Lit => sum;
export const readDark = (): Lit => dark;
