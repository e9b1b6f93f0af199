import "server-only";
import { randomBytes } from "node:crypto";
import { afterEach } from "vitest";
import { LogKeeper } from "@/lib/audit/log-keeper";
import { logSettings } from "@/lib/audit/log-settings";
import type { LogFault } from "@/lib/audit/check-events";
import { signerKey, writeSignerKey, type SignerKey } from "@/lib/audit/signed-note";
import { readDatabase } from "@/lib/db/control-database";
import { mailCheckpoint } from "@/lib/mail/mail-checkpoint";

const names = [
  "GLIMPSE_LOG_KEY",
  "GLIMPSE_LOG_OLD_KEYS",
  "GLIMPSE_LOG_FOLDER",
  "GLIMPSE_LOG_URL",
  "GLIMPSE_LOG_URL_TOKEN",
  "GLIMPSE_LOG_WITNESSES",
  "GLIMPSE_MONITOR_TOKENS",
  "GLIMPSE_LOG_MAIL",
  "GLIMPSE_LOG_MAIL_HOURS",
] as const;

type LogSettingsText = Partial<Record<(typeof names)[number] | `GLIMPSE_FORWARD_${string}`, string>>;

/** Settings of the log for one test, gone after it. */
export function useLogSettings(): (settings: LogSettingsText) => void {
  afterEach(() => {
    const forwarding = Object.keys(process.env).filter((name) => name.startsWith("GLIMPSE_FORWARD_"));
    for (const name of [...names, ...forwarding]) delete process.env[name];
  });
  return (settings) => void Object.assign(process.env, settings);
}

/** A fresh key of a log, or of a witness. */
export function freshKey(name = "log.example/audit", kind: SignerKey["kind"] = "plain") {
  const key = signerKey(name, kind, randomBytes(32));
  return { key, text: writeSignerKey(key) };
}

/** A keeper as another instance would have it, and the faults that it told of. */
export function freshKeeper(): {
  keeper: LogKeeper;
  faults: (LogFault | null)[];
  pass: (ms: number) => void;
} {
  const faults: (LogFault | null)[] = [];
  let now = 0;
  const keeper = new LogKeeper({
    db: readDatabase(),
    settings: logSettings,
    now: () => now,
    alarm: async (fault) => void faults.push(fault),
    mail: mailCheckpoint,
  });
  return { keeper, faults, pass: (ms) => void (now += ms) };
}

/** What an instance does every few seconds. */
export async function turnOf(keeper: LogKeeper): Promise<void> {
  await keeper.turn();
  await keeper.publish();
}
