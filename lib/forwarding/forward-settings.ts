import "server-only";
import { createHmac, X509Certificate } from "node:crypto";
import { derivedKey } from "@/lib/derived-key";
import { env, settingOrFile } from "@/lib/env";

/** Whom we trust beyond the authorities that Node.js knows, and who we are to whoever asks. PEM. */
export type TlsSettings = { ca?: string; cert?: string; key?: string };

/** Where the log goes. `place` names it to people, without a secret; `fingerprint` is another when a setting is. */
export type Destination = { place: string; fingerprint: Buffer } & (
  | { kind: "https"; url: URL; key: string; authorization: string | null; tls: TlsSettings }
  | { kind: "syslog"; host: string; port: number; format: "cef" | "ocsf"; tls: TlsSettings }
  | { kind: "folder"; folder: string }
);

export type DestinationKind = Destination["kind"];

const local = ["localhost", "127.0.0.1", "[::1]"];

/** Reads where the log is forwarded to; throws with words, which quote no secret, where a setting cannot be used. */
export function forwardSettings(): Destination[] {
  const tls = readTls();
  return [readHttps(tls), readSyslog(tls), readFolder()].filter((one) => one !== null);
}

/** What is wrong with these settings; null when nothing is. */
export function forwardComplaint(): string | null {
  try {
    forwardSettings();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "The settings of forwarding cannot be read";
  }
}

function readHttps(tls: TlsSettings): Destination | null {
  const text = settingOrFile("GLIMPSE_FORWARD_URL");
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && local.includes(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal)))
    throw new Error("GLIMPSE_FORWARD_URL is not an https:// address");
  if (url.username !== "" || url.password !== "")
    throw new Error(
      "GLIMPSE_FORWARD_URL holds a password: GLIMPSE_FORWARD_URL_AUTHORIZATION is the place for it",
    );
  const key = settingOrFile("GLIMPSE_FORWARD_URL_KEY");
  if (key === undefined || key.length < 32)
    throw new Error("GLIMPSE_FORWARD_URL_KEY is missing or is shorter than 32 characters");
  const authorization = settingOrFile("GLIMPSE_FORWARD_URL_AUTHORIZATION") ?? null;
  if (authorization !== null && !/^[\x20-\x7e]+$/.test(authorization))
    throw new Error("GLIMPSE_FORWARD_URL_AUTHORIZATION is not one line of plain characters");
  const place = url.host;
  return {
    kind: "https",
    url,
    key,
    authorization,
    tls,
    place,
    fingerprint: fingerprintOf(["https", url.href, key, authorization]),
  };
}

function readSyslog(tls: TlsSettings): Destination | null {
  const text = settingOrFile("GLIMPSE_FORWARD_SYSLOG");
  if (text === undefined) return null;
  const told = /^(?:syslog-tls:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(text);
  const port = Number(told?.[2] ?? 6514);
  if (!told || port < 1 || port > 65_535) throw new Error("GLIMPSE_FORWARD_SYSLOG is not a host:port");
  const format = settingOrFile("GLIMPSE_FORWARD_SYSLOG_FORMAT") ?? "cef";
  if (format !== "cef" && format !== "ocsf")
    throw new Error("GLIMPSE_FORWARD_SYSLOG_FORMAT is neither cef nor ocsf");
  const name = told[1] ?? "";
  return {
    kind: "syslog",
    host: name.replace(/^\[(.*)\]$/, "$1"),
    port,
    format,
    tls,
    place: `${name}:${port}, ${format.toUpperCase()}`,
    fingerprint: fingerprintOf(["syslog", name, port, format]),
  };
}

function readFolder(): Destination | null {
  const folder = settingOrFile("GLIMPSE_FORWARD_FOLDER");
  if (folder === undefined) return null;
  if (!folder.startsWith("/")) throw new Error("GLIMPSE_FORWARD_FOLDER is not a path from the root on");
  return { kind: "folder", folder, place: folder, fingerprint: fingerprintOf(["folder", folder]) };
}

function readTls(): TlsSettings {
  const [ca, cert, key] = [
    settingOrFile("GLIMPSE_FORWARD_CA"),
    settingOrFile("GLIMPSE_FORWARD_CERT"),
    settingOrFile("GLIMPSE_FORWARD_CERT_KEY"),
  ];
  if ((cert === undefined) !== (key === undefined))
    throw new Error("GLIMPSE_FORWARD_CERT and GLIMPSE_FORWARD_CERT_KEY are needed together");
  for (const [name, text] of [
    ["GLIMPSE_FORWARD_CA", ca],
    ["GLIMPSE_FORWARD_CERT", cert],
  ] as const)
    if (text !== undefined && !isCertificate(text)) throw new Error(`${name} is not a certificate in PEM`);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}

/** Keyed, since an address may hold what only its owner knows. */
function fingerprintOf(settings: readonly (string | number | null)[]): Buffer {
  const key = derivedKey(env().rootKey, "glimpse forwarding settings");
  return createHmac("sha256", key).update(JSON.stringify(settings)).digest();
}
