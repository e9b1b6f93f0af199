import "server-only";
import { createHash } from "node:crypto";
import { parseLogKeys, type LogKey } from "@/lib/audit/checkpoint";
import { parseSignerKey, parseVerifierKey, type SignerKey, type VerifierKey } from "@/lib/audit/signed-note";
import { settingOrFile } from "@/lib/env";

/** A witness, and where it listens. */
export type Witness = { key: VerifierKey; url: URL };

/** How the log is signed, where its checkpoints go, and who may follow it. */
export type LogSettings = {
  /** Null where none is set: then the log is not signed. */
  key: SignerKey | null;
  /** All keys that checkpoints may be signed with, the present one among them. */
  keys: readonly LogKey[];
  folder: string | null;
  endpoint: { url: URL; token: string | null } | null;
  /** An address that checkpoints are sent to, and how many hours lie between two of them at least. */
  mail: { to: string; everyHours: number } | null;
  witnesses: readonly Witness[];
  monitors: readonly { name: string; tokenHash: Buffer }[];
};

/** Reads the settings of the log; throws with words, which quote no secret, where one cannot be used. */
export function logSettings(): LogSettings {
  const key = readKey();
  const present = key ? [{ key, fromSize: 0, toSize: Number.MAX_SAFE_INTEGER }] : [];
  const endpoint = settingOrFile("GLIMPSE_LOG_URL");
  return {
    key,
    keys: [...present, ...readOldKeys(key)],
    folder: settingOrFile("GLIMPSE_LOG_FOLDER") ?? null,
    endpoint:
      endpoint === undefined
        ? null
        : {
            url: safeUrl("GLIMPSE_LOG_URL", endpoint),
            token: settingOrFile("GLIMPSE_LOG_URL_TOKEN") ?? null,
          },
    mail: readMail(),
    witnesses: wordsOf("GLIMPSE_LOG_WITNESSES").map(readWitness),
    monitors: wordsOf("GLIMPSE_MONITOR_TOKENS").map(readMonitor),
  };
}

/** What is wrong with the settings of the log; null when nothing is. */
export function logComplaint(): string | null {
  try {
    logSettings();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "The settings of the audit log cannot be read";
  }
}

function readKey(): SignerKey | null {
  const text = settingOrFile("GLIMPSE_LOG_KEY");
  if (text === undefined) return null;
  const key = parseSignerKey(text);
  if (key?.kind !== "plain") throw new Error("GLIMPSE_LOG_KEY is no key of npm run audit:key");
  return key;
}

function readOldKeys(present: SignerKey | null): LogKey[] {
  const keys = parseLogKeys(settingOrFile("GLIMPSE_LOG_OLD_KEYS") ?? "");
  if (!keys) throw new Error("GLIMPSE_LOG_OLD_KEYS has a line that is no verifier key");
  const stranger = keys.find(({ key }) => key.name !== present?.name);
  if (stranger) throw new Error("GLIMPSE_LOG_OLD_KEYS has a key of another name than GLIMPSE_LOG_KEY");
  return keys;
}

function readMail(): LogSettings["mail"] {
  const to = settingOrFile("GLIMPSE_LOG_MAIL");
  if (to === undefined) return null;
  if (!/^[^\s<>@,;:"()[\]\\]{1,64}@[a-z0-9.-]{1,189}$/i.test(to))
    throw new Error("GLIMPSE_LOG_MAIL is not an e-mail address");
  const hours = settingOrFile("GLIMPSE_LOG_MAIL_HOURS") ?? "24";
  if (!/^([1-9]|1\d|2[0-4])$/.test(hours))
    throw new Error("GLIMPSE_LOG_MAIL_HOURS is not a number of hours from 1 to 24");
  return { to, everyHours: Number(hours) };
}

function readWitness(text: string): Witness {
  const [told = "", url = ""] = text.split("@http");
  const key = parseVerifierKey(told);
  if (key?.kind !== "cosignature")
    throw new Error("GLIMPSE_LOG_WITNESSES has an item that is not the key of a witness, @ and its address");
  return { key, url: safeUrl("GLIMPSE_LOG_WITNESSES", `http${url}`) };
}

function readMonitor(text: string): { name: string; tokenHash: Buffer } {
  const [name = "", token = ""] = text.split(":");
  if (!/^[\w.-]{1,60}$/.test(name) || token.length < 32)
    throw new Error("GLIMPSE_MONITOR_TOKENS has an item that is not name:token with 32 characters or more");
  return { name, tokenHash: createHash("sha256").update(token).digest() };
}

function wordsOf(name: "GLIMPSE_LOG_WITNESSES" | "GLIMPSE_MONITOR_TOKENS"): string[] {
  return (settingOrFile(name) ?? "").split(/\s+/).filter((word) => word !== "");
}

/** An address by https, or on this machine. */
function safeUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLocal)) return url;
  throw new Error(`${name} is not an https:// address`);
}
