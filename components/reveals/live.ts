import type { Live } from "@/lib/reveals/view";
import { now } from "./clock";

/** What the poll has to say; `sentAt` is when it was asked, by the clock of this page. */
export type LiveNews =
  | { kind: "live"; live: Live; sentAt: number }
  | { kind: "signed-out" }
  | { kind: "lost" };

type Listener = { hear: (news: LiveNews) => void; everyMs: number };

/** How often a page asks that shows revealed values, and how long it trusts the last answer. */
export const litEveryMs = 2_000;
export const trustMs = 10_000;
const answerWithinMs = 5_000;

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | undefined;
let heardAt = 0;
let asking = false;
let isStale = false;
let events: EventSource | undefined;

/** Listens to /api/live, which is asked as often as the most eager listener wants. Returns how to stop. */
export function listenLive(hear: (news: LiveNews) => void, everyMs: number): () => void {
  const listener = { hear, everyMs };
  // Whoever begins to listen has just heard from the server by its own action.
  heardAt = now();
  listeners.add(listener);
  document.onvisibilitychange = askLive;
  plan();
  return () => {
    listeners.delete(listener);
    plan();
  };
}

/** Asks at once, for example when the page is looked at again. */
export function askLive(): void {
  if (listeners.size > 0) void ask();
}

function plan(): void {
  clearTimeout(timer);
  const everyMs = Math.min(...[...listeners].map((listener) => listener.everyMs));
  follow();
  if (Number.isFinite(everyMs)) timer = setTimeout(() => void ask(), everyMs);
}

/**
 * Lets the server say when to ask again, while somebody looks: a browser has few connections for all its tabs. Where
 * there are no events, asking now and then goes on as ever.
 */
function follow(): void {
  if (document.hidden || listeners.size === 0) {
    events?.close();
    events = undefined;
  } else if (events?.readyState !== 0 && events?.readyState !== 1) {
    events = new EventSource("/api/live");
    events.onmessage = askLive;
  }
}

async function ask(): Promise<void> {
  follow();
  loseTrust();
  // The answer that is on its way may have been given before whatever made somebody ask.
  isStale = asking;
  if (asking) return;
  const isIdle = document.hidden && ![...listeners].some((listener) => listener.everyMs <= litEveryMs);
  if (isIdle) return plan();
  asking = true;
  const sentAt = now();
  try {
    const answer = await fetch("/api/live", {
      cache: "no-store",
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (answer.status === 401 || answer.status === 403) tell({ kind: "signed-out" });
    if (answer.ok) tell({ kind: "live", live: (await answer.json()) as Live, sentAt });
    if (answer.ok) heardAt = now();
  } catch {
    // No answer is no news: trust runs out by itself.
  } finally {
    asking = false;
    loseTrust();
    plan();
    if (isStale) void ask();
  }
}

/** A page that cannot ask whether a grant still lives must not go on showing its values. */
function loseTrust(): void {
  if (now() - heardAt > trustMs) tell({ kind: "lost" });
}

function tell(news: LiveNews): void {
  for (const { hear } of [...listeners]) hear(news);
}
