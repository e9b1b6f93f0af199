import "server-only";
import { createHmac, X509Certificate } from "node:crypto";
import path from "node:path";
import type { DestinationId } from "@/lib/db/schema/forwarding";
import { derivedKey } from "@/lib/derived-key";
import { env, settingOrFile } from "@/lib/env";

/** Whom we trust beyond the authorities that Node.js knows, and who we are to whoever asks. PEM. */
export type TlsSettings = { ca?: string; cert?: string; key?: string };

/**
 * Where the log goes. `id` names it in the books: the kind, with a name where there are several. `place` names it to
 * people, without a secret; `fingerprint` is another when a setting is.
 */
export type Destination = { id: DestinationId; place: string; fingerprint: Buffer } & (
  | { kind: "https"; url: URL; key: string; authorization: string | null; tls: TlsSettings }
  | { kind: "syslog"; host: string; port: number; format: "cef" | "ocsf"; tls: TlsSettings }
  | { kind: "folder"; folder: string }
);

type Read = Destination extends infer One ? (One extends unknown ? Omit<One, "id"> : never) : never;

const GENERAL = "GLIMPSE_FORWARD";
/** How the settings of a destination begin: with a name in between, where it has one. */
type Prefix = typeof GENERAL | `${typeof GENERAL}_${string}`;

const local = ["localhost", "127.0.0.1", "[::1]"];

/** Reads where the log is forwarded to; throws with words, which quote no secret, where a setting cannot be used. */
export function forwardSettings(): Destination[] {
  const all = [readOf(null), ...readNames().map(readOf)].flat();
  const folders = all.flatMap((one) => (one.kind === "folder" ? [path.resolve(one.folder)] : []));
  if (new Set(folders).size < folders.length)
    throw new Error("Two destinations of forwarding are the same folder");
  return all;
}

/** The destinations without a name, or those of a name: what says nothing of TLS for itself takes what holds for all. */
function readOf(name: string | null): Destination[] {
  const prefix: Prefix = name === null ? GENERAL : `${GENERAL}_${name.toUpperCase().replaceAll("-", "_")}`;
  const tls = { ...readTls(GENERAL), ...(name === null ? {} : readTls(prefix)) };
  const found = [readHttps(prefix, tls), readSyslog(prefix, tls), readFolder(prefix)].flatMap((one) =>
    one === null ? [] : [{ ...one, id: name === null ? one.kind : (`${one.kind}:${name}` as const) }],
  );
  if (name !== null && found.length === 0)
    throw new Error(`${GENERAL}_NAMES says ${name}, and no ${prefix}_… says where that is`);
  return found;
}

/** The names of further destinations: they stand in the names of settings, and in the log. */
function readNames(): string[] {
  const names = (settingOrFile(`${GENERAL}_NAMES`) ?? "").split(",").map((one) => one.trim());
  const given = names.filter((one) => one !== "");
  if (given.some((one) => !/^[a-z][a-z0-9-]{0,19}$/.test(one)) || new Set(given).size < given.length)
    throw new Error(`${GENERAL}_NAMES is not a list of different names of small letters, as soc,archive`);
  return given;
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

function readHttps(prefix: Prefix, tls: TlsSettings): Read | null {
  const text = settingOrFile(`${prefix}_URL`);
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && local.includes(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal)))
    throw new Error(`${prefix}_URL is not an https:// address`);
  if (url.username !== "" || url.password !== "")
    throw new Error(`${prefix}_URL holds a password: ${prefix}_URL_AUTHORIZATION is the place for it`);
  const key = settingOrFile(`${prefix}_URL_KEY`);
  if (key === undefined || key.length < 32)
    throw new Error(`${prefix}_URL_KEY is missing or is shorter than 32 characters`);
  const authorization = settingOrFile(`${prefix}_URL_AUTHORIZATION`) ?? null;
  if (authorization !== null && !/^[\x20-\x7e]+$/.test(authorization))
    throw new Error(`${prefix}_URL_AUTHORIZATION is not one line of plain characters`);
  const place = url.host;
  return {
    kind: "https",
    url,
    key,
    authorization,
    tls,
    place,
    fingerprint: fingerprintOf(["https", url.href, key, authorization, tls.ca ?? null]),
  };
}

function readSyslog(prefix: Prefix, tls: TlsSettings): Read | null {
  const text = settingOrFile(`${prefix}_SYSLOG`);
  if (text === undefined) return null;
  const told = /^(?:syslog-tls:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(text);
  const port = Number(told?.[2] ?? 6514);
  if (!told || port < 1 || port > 65_535) throw new Error(`${prefix}_SYSLOG is not a host:port`);
  const format = settingOrFile(`${prefix}_SYSLOG_FORMAT`) ?? "cef";
  if (format !== "cef" && format !== "ocsf")
    throw new Error(`${prefix}_SYSLOG_FORMAT is neither cef nor ocsf`);
  const name = told[1] ?? "";
  return {
    kind: "syslog",
    host: name.replace(/^\[(.*)\]$/, "$1"),
    port,
    format,
    tls,
    place: `${name}:${port}, ${format.toUpperCase()}`,
    fingerprint: fingerprintOf(["syslog", name, port, format, tls.ca ?? null]),
  };
}

function readFolder(prefix: Prefix): Read | null {
  const folder = settingOrFile(`${prefix}_FOLDER`);
  if (folder === undefined) return null;
  if (!folder.startsWith("/")) throw new Error(`${prefix}_FOLDER is not a path from the root on`);
  return { kind: "folder", folder, place: folder, fingerprint: fingerprintOf(["folder", folder]) };
}

function readTls(prefix: Prefix): TlsSettings {
  const [ca, cert, key] = [
    settingOrFile(`${prefix}_CA`),
    settingOrFile(`${prefix}_CERT`),
    settingOrFile(`${prefix}_CERT_KEY`),
  ];
  if ((cert === undefined) !== (key === undefined))
    throw new Error(`${prefix}_CERT and ${prefix}_CERT_KEY are needed together`);
  for (const [name, text] of [
    [`${prefix}_CA`, ca],
    [`${prefix}_CERT`, cert],
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
