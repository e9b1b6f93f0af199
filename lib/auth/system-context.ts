import "server-only";
import { Actor } from "@/lib/auth/actor";
import type { Context, Origin } from "@/lib/auth/context";
import { readDatabase } from "@/lib/db/control-database";

/** The context of Glimpse itself: for the sweeper and the command line, never for a person's request. */
export function systemContext(channel: "system" | "command-line" = "system"): Context {
  return { actor: Actor.system(), sessionId: null, channel, ip: null, db: readDatabase() };
}

/** The context of somebody who has not signed in: sign-in attempts and refused addresses are on record too. */
export function visitorContext(ip: string | null, origin?: Origin): Context {
  const from = { ip, ...(origin ? { origin } : {}) };
  return { actor: Actor.visitor(), sessionId: null, channel: "console", ...from, db: readDatabase() };
}

/** The context of a program that follows the log, whose token was found right. */
export function monitorContext(name: string, ip: string | null, origin?: Origin): Context {
  const from = { ip, ...(origin ? { origin } : {}) };
  return { actor: Actor.monitor(name), sessionId: null, channel: "api", ...from, db: readDatabase() };
}
