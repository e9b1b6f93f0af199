import "server-only";
import { Refusal } from "@/lib/refusal";

const AT_ONCE = 4;
const WAITING = 60;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs at most four password checks at once and lets sixty wait: each takes 19 MiB and a connection, and a flood
 * of guesses must not take the instance down with it. Whoever comes after those is refused, unrecorded.
 */
export async function inTurn<T>(check: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new Refusal("too-fast");
    await new Promise<void>((go) => waiting.push(go));
  } else {
    running += 1;
  }
  try {
    return await check();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
