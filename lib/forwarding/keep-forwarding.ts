import "server-only";
import { logSettings } from "@/lib/audit/log-settings";
import { readDatabase } from "@/lib/db/control-database";
import { forwardSettings } from "@/lib/forwarding/forward-settings";
import { Forwarder } from "@/lib/forwarding/forwarder";
import { recordSettings } from "@/lib/forwarding/record-settings";
import { tellTrouble } from "@/lib/forwarding/tell-trouble";
import { reportFailure } from "@/lib/web/report-failure";

/** How long to wait where nothing is new; after a failure twice as long each time, up to a minute. */
const idleMs = 2_000;
const longestMs = 60_000;
/** How long a receiver may take for a batch, from the connection to its answer. */
const wholeMs = 30_000;
/** A failure on our own side is reported once in so long. */
const reportMs = 60_000;

// Pages and the start-up of Next.js are bundled apart: they meet on the global object.
const kept = globalThis as typeof globalThis & { glimpseForwarding?: AbortController };

/** Starts to forward the log in this instance; each instance may, and one of them sends to each destination. */
export function startForwarding(): void {
  if (kept.glimpseForwarding) return;
  const stopping = new AbortController();
  kept.glimpseForwarding = stopping;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());
  void begin(stopping.signal);
}

async function begin(stopping: AbortSignal): Promise<void> {
  const settings = forwardSettings();
  while (!stopping.aborted) {
    try {
      await recordSettings(settings);
      break;
    } catch (error) {
      reportFailure(error);
      await pause(longestMs, stopping);
    }
  }
  for (const destination of settings)
    void keepSending(
      new Forwarder(destination, {
        db: readDatabase(),
        settings: logSettings,
        now: () => performance.now(),
        wholeMs,
      }),
      stopping,
    );
}

/** Sends as long as this instance runs: batch after batch while there is more, and in between it waits. */
export async function keepSending(forwarder: Forwarder, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  while (!stopping.aborted) {
    let waitMs = idleMs;
    try {
      const turn = await forwarder.turn(stopping);
      failures = turn === "trouble" ? failures + 1 : 0;
      if (turn === "more") waitMs = 0;
      else if (turn !== "others") await tellTrouble(forwarder.destination.id);
    } catch (error) {
      failures++;
      if (performance.now() - reportedAt > reportMs && !stopping.aborted) {
        reportedAt = performance.now();
        reportFailure(error);
      }
    }
    if (failures > 0) waitMs = Math.min(1_000 * 2 ** (failures - 1), longestMs);
    if (waitMs > 0) await pause(waitMs, stopping);
  }
  await forwarder.end();
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms).unref();
    stopping.addEventListener("abort", done);
  });
}
