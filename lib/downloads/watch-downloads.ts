import "server-only";
import type { Context } from "@/lib/auth/context";
import { keepBeats } from "@/lib/db/download-books";
import { Download, type BegunPlan } from "@/lib/downloads/download";
import { BEAT_MS, BLIND_MS, endOf } from "@/lib/downloads/ending";

/**
 * The downloads that one instance sends. Every second it keeps how far they are and asks, in the same statement, whether
 * each may go on: whether Cancel was pressed anywhere, its session lives, its person may do this still, and no stop is set.
 */
export class DownloadWatch {
  readonly #running = new Map<string, Download>();
  #timer: NodeJS.Timeout | null = null;
  #turning = false;
  #askedAt = 0;

  /** Follows a download that has begun, until it ends. */
  follow(ctx: Context, id: string, plan: BegunPlan): Download {
    const download = new Download(ctx, id, plan, () => this.#forget(id));
    if (this.#running.size === 0) this.#askedAt = performance.now();
    this.#running.set(id, download);
    this.#timer ??= setInterval(() => void this.turn(), BEAT_MS).unref();
    return download;
  }

  /** The download of this id, if this instance sends it. */
  find(id: string): Download | undefined {
    return this.#running.get(id);
  }

  /** Keeps and asks once. Where it cannot ask for long, it ends all of them. */
  async turn(): Promise<void> {
    if (this.#turning || this.#running.size === 0) return;
    this.#turning = true;
    const asked = [...this.#running.values()];
    try {
      const standings = await keepBeats(asked.map(({ beat }) => beat));
      this.#askedAt = performance.now();
      for (const download of asked) {
        const end = endOf(standings.get(download.id), download.plan.permission);
        if (end) download.stop(end);
        else if (download.isUnread) download.stop({ state: "broken", why: "nobody-reads" });
      }
    } catch {
      // A moment without the database is none to end anything for; whoever is blind for long ends all.
      if (performance.now() - this.#askedAt > BLIND_MS) this.#stopAll("database-away");
    } finally {
      this.#turning = false;
    }
  }

  /** Ends all of them, for an instance that stops; resolves when that is on record. */
  async close(): Promise<void> {
    const all = this.#stopAll("instance-stopped");
    await Promise.allSettled(
      all.map((download) => download.end({ state: "broken", why: "instance-stopped" })),
    );
  }

  #stopAll(why: "database-away" | "instance-stopped"): Download[] {
    const all = [...this.#running.values()];
    for (const download of all) download.stop({ state: "broken", why });
    return all;
  }

  #forget(id: string): void {
    this.#running.delete(id);
    if (this.#running.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}

// Pages and route handlers are bundled apart: they meet on the global object.
const kept = globalThis as typeof globalThis & { glimpseDownloads?: DownloadWatch };

/** The downloads of this instance; they end with it. */
export function downloadsHere(): DownloadWatch {
  if (kept.glimpseDownloads) return kept.glimpseDownloads;
  const watch = new DownloadWatch();
  kept.glimpseDownloads = watch;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void watch.close());
  return watch;
}
