import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/db/schema/people";
import type { BrokenWhy, CancelledWhy } from "@/lib/downloads/view";

/** So many places a person has for downloads, as the table of them says too. */
export const MOST_AT_ONCE = 5;

/** How often an instance says how far its downloads are, and asks whether they may go on. */
export const BEAT_MS = 1_000;

/** An instance that could not ask for so long ends its downloads: nobody knows whether they are still permitted. */
export const BLIND_MS = 15_000;

/** A download of which nothing was heard for so long is lost with its instance. More than `BLIND_MS`: it has ended by then. */
export const LOST_SECONDS = 20;

/** Nobody took a byte for so long: whoever asked has gone, though no connection says so. */
export const UNREAD_MS = 15 * 60_000;

/** How a download ends: all of it left, somebody stopped it, or it broke off. */
export type DownloadEnd =
  | { state: "whole" }
  | { state: "cancelled"; why: CancelledWhy }
  | { state: "broken"; why: BrokenWhy };

/** What the database says of a download that runs, at this moment. */
export type Standing = {
  isCancelled: boolean;
  isSessionLive: boolean;
  isStopped: boolean;
  /** Of a person who is active; none otherwise. */
  roles: readonly Role[];
};

/** Why a download may not go on; null where it may. `standing` is undefined where it was given up for lost. */
export function endOf(standing: Standing | undefined, permission: Permission): DownloadEnd | null {
  if (standing === undefined) return { state: "broken", why: "lost" };
  if (!standing.isSessionLive) return { state: "broken", why: "session-ended" };
  if (!rolesAllow(standing.roles, permission)) return { state: "broken", why: "not-permitted" };
  if (standing.isStopped) return { state: "broken", why: "access-stopped" };
  return standing.isCancelled ? { state: "cancelled", why: "asked" } : null;
}

/** Why a download broke off, for whom it belongs to. */
export const brokenWords: Readonly<Record<BrokenWhy, string>> = {
  "session-ended": "The session that asked for it has ended.",
  "not-permitted": "Your roles do not allow it any more.",
  "access-stopped": "An admin has stopped access.",
  failed: "Something failed on the way.",
  "nobody-reads": "The browser took nothing of it for a quarter of an hour.",
  "instance-stopped": "The server that sent it was stopped.",
  "database-away": "The control database did not answer.",
  lost: "The server that sent it is gone.",
};
