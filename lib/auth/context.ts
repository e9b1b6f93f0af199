import type { Actor } from "@/lib/auth/actor";
import type { ReadDatabase } from "@/lib/db/control-database";

/** Words of ours for a browser, and a number that this server gave the web request: nothing that the sender wrote. */
export type Origin = { device: string; webRequest: string | null };

/** Who acts, from where, and the reading database. No read and no deed can be called without one. */
export type Context = {
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly channel: "console" | "api" | "command-line" | "system";
  readonly ip: string | null;
  /** Of what came from a browser or a program: what sent it, and the request by which it came. */
  readonly origin?: Origin;
  readonly db: ReadDatabase;
};
