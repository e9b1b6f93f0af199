import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { signerKey, writeSignerKey } from "@/lib/audit/signed-note";
import { privateFolder } from "./place";

export type RolePasswords = Record<
  "glimpse_owner" | "glimpse_web" | "marigold_owner" | "marigold_reader",
  string
>;

export type Secrets = {
  superuserPassword: string;
  rolePasswords: RolePasswords;
  /** What the people of the demo sign in with. */
  demoPassword: string;
  /** 32 bytes in base64: the root of the keys for masks and for stored credentials. */
  key: string;
  sessionSecret: string;
  /** Signs the audit log. */
  logKey: string;
  databasePort?: number;
};

const file = path.join(privateFolder, "secrets.json");

export function newSecrets(): Secrets {
  const password = () => randomBytes(24).toString("base64url");
  return {
    superuserPassword: password(),
    rolePasswords: {
      glimpse_owner: password(),
      glimpse_web: password(),
      marigold_owner: password(),
      marigold_reader: password(),
    },
    demoPassword: `marigold-${randomBytes(6).toString("hex")}`,
    key: randomBytes(32).toString("base64"),
    sessionSecret: randomBytes(32).toString("base64"),
    logKey: newLogKey(),
  };
}

const newLogKey = () => writeSignerKey(signerKey("glimpse.example/audit", "plain", randomBytes(32)));

export function readSecrets(): Secrets | undefined {
  if (!fs.existsSync(file)) return undefined;
  const kept = JSON.parse(fs.readFileSync(file, "utf8")) as Omit<Secrets, "logKey"> & { logKey?: string };
  if (kept.logKey !== undefined) return { ...kept, logKey: kept.logKey };
  // A demo of before the log was signed: from now on it is.
  const completed = { ...kept, logKey: newLogKey() };
  keepSecrets(completed);
  return completed;
}

/** Readable by this account alone, and never half written. */
export function keepSecrets(secrets: Secrets): void {
  fs.mkdirSync(privateFolder, { recursive: true, mode: 0o711 });
  fs.rmSync(`${file}.new`, { force: true });
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  // Root may lend a hand in somebody's folder without taking it away from them.
  const { uid, gid } = fs.statSync(privateFolder);
  if (process.getuid?.() === 0) fs.chownSync(`${file}.new`, uid, gid);
  fs.renameSync(`${file}.new`, file);
}

export function forgetSecrets(): void {
  fs.rmSync(file, { force: true });
}
