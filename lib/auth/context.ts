import type { Actor } from "@/lib/auth/actor";
import type { ReadDatabase } from "@/lib/db/control-database";

/** Who acts, from where, and the reading database. No read and no deed can be called without one. */
export type Context = {
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly channel: "console" | "api" | "command-line" | "system";
  readonly ip: string | null;
  readonly db: ReadDatabase;
};
