import { flushSync } from "react-dom";
import { announce } from "@/components/ui/announce";
import { askLive, listenLive, litEveryMs } from "./live";
import { setLit } from "./lit";
import type { CellKey } from "./reveal-snapshot";
import type { RevealStore } from "./reveal-store";

/** As often as the pill asks anyway; what changes is told at once. */
const darkEveryMs = 15_000;
const cells = new WeakMap<Element, CellKey>();

/** Ties a cell's element to its key, so that no attribute of the page needs to hold it. */
export function markCell(element: Element | null, key: CellKey): void {
  if (element) cells.set(element, key);
}

/** Connects a store with the page around it: its leaving and returning, the poll, the clipboard. Returns how to stop. */
export function watchPage(store: RevealStore): () => void {
  const stop = new AbortController();
  const on = (target: EventTarget, name: string, handle: (event: Event) => void, capture = false) =>
    target.addEventListener(name, handle, { signal: stop.signal, capture });
  // Painted before the browser freezes the page for its back/forward cache.
  const hideNow = () => flushSync(() => store.hide());
  on(globalThis, "pagehide", hideNow);
  on(globalThis, "pageshow", (event) => (event as PageTransitionEvent).persisted && hideNow());
  on(document, "visibilitychange", () => {
    if (document.hidden) return;
    store.tick();
    askLive();
  });
  on(document, "copy", (event) => catchCopy(store, event), true);
  on(document, "dragstart", (event) => litWithin(event.target).length > 0 && event.preventDefault(), true);
  const unfollow = follow(store);
  store.start();
  return () => {
    stop.abort();
    store.dispose();
    unfollow();
    setLit(store, null);
  };
}

/** Asks how its grants stand, often while something is shown, and tells the bar how much that is. */
function follow(store: RevealStore): () => void {
  let silence: (() => void) | undefined;
  let everyMs = 0;
  const look = () => {
    const { lit } = store.snapshot();
    setLit(store, lit);
    const wantedMs = lit.count > 0 ? litEveryMs : darkEveryMs;
    if (wantedMs === everyMs) return;
    silence?.();
    everyMs = wantedMs;
    silence = listenLive((news) => store.hear(news), everyMs);
  };
  const unsubscribe = store.subscribe(look);
  // Nothing needs to be shown for a grant to be revoked: what can be opened has to know too.
  look();
  return () => {
    unsubscribe();
    silence?.();
  };
}

/** What the browser would copy of a revealed value goes the recorded way instead. */
function catchCopy(store: RevealStore, event: Event): void {
  const selection = getSelection();
  const all = [...document.querySelectorAll("[data-veil='revealed']")];
  const touched = all.filter(
    (cell) =>
      cell.contains(document.activeElement) ||
      (selection?.isCollapsed === false && selection.containsNode(cell, true)),
  );
  const [first] = touched;
  if (!first) return;
  event.preventDefault();
  const key = cells.get(first);
  if (touched.length > 1 || !key) {
    announce({ text: "Copy revealed values one at a time: each copy is on record.", tone: "error" });
  } else void copyCell(store, key);
}

function litWithin(target: EventTarget | null): Element[] {
  const within = target instanceof Node ? (target instanceof Element ? target : target.parentElement) : null;
  const cell = within?.closest("[data-veil='revealed']");
  return cell ? [cell] : [];
}

/** Copies one value: on record first, then to the clipboard, if it is still shown. */
export async function copyCell(store: RevealStore, key: CellKey): Promise<void> {
  const text = async () => {
    const value = await store.copy(key);
    if (value === null) throw new Error("Nothing to copy.");
    return new Blob([value], { type: "text/plain" });
  };
  try {
    // A promise of the text: some browsers take nothing after an await that is not inside the item itself.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
    announce({ text: "Copied. The copy is on record." });
  } catch {
    announce({
      text: "Nothing was copied: the grant is over, or the browser did not allow it.",
      tone: "error",
    });
  }
}
