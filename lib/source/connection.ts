import { z } from "zod";

export const tlsModes = ["disable", "require", "verify-ca", "verify-full"] as const;

const plainText = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes("\0"), "Holds a character that PostgreSQL cannot take.");

export const connectionSchema = z.object({
  host: plainText(255).regex(/^[^\s/\\@?#,]+$/u, "Enter a host name or an address."),
  port: z.int().min(1).max(65_535),
  database: plainText(63).min(1, "Enter the name of the database."),
  user: plainText(63).min(1, "Enter the user that Glimpse connects as."),
  password: plainText(1_000),
  tls: z.object({
    mode: z.enum(tlsModes),
    /** Certificates in PEM form that sign the server's; without it, those Node.js trusts. */
    ca: plainText(100_000).exactOptional(),
  }),
});

/** Where a source is and how to get in; the password is in it, so it never leaves the server. */
export type ConnectionParts = z.infer<typeof connectionSchema>;

export type ParsedUrl = { ok: true; parts: ConnectionParts } | { ok: false; words: string };

const ignoredParams = new Set(["application_name", "connect_timeout", "channel_binding", "gssencmode"]);

/** Reads a `postgres://` URL as libpq does, but for what Glimpse does not do: that it refuses by name. */
export function parseSourceUrl(text: string): ParsedUrl {
  const trimmed = text.trim();
  if (!/^postgres(ql)?:\/\//iu.test(trimmed)) return no("Start the address with postgres://.");
  if (/^\w+:\/\/[^/]*,/u.test(trimmed)) return no("Enter one host: lists of hosts are not supported.");
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return no("This is not a complete address. Write postgres://user:password@host:5432/database.");
  }
  return fromUrl(url);
}

function fromUrl(url: URL): ParsedUrl {
  const params = readParams(url.searchParams);
  if (typeof params === "string") return no(params);
  const user = decoded(url.username);
  const password = decoded(url.password);
  const database = decoded(url.pathname.slice(1));
  const host = decoded(url.hostname);
  if (user === null || password === null || database === null || host === null) {
    return no("A % in the address must be followed by two hexadecimal digits; write %25 for a % itself.");
  }
  if (host === "") return no("The address names no host.");
  if (user === "") return no("The address names no user.");
  if (database === "") return no("The address names no database.");
  const found = connectionSchema.safeParse({
    host: host.replace(/^\[|\]$/gu, ""),
    port: url.port === "" ? 5432 : Number(url.port),
    database,
    user,
    password,
    tls: { mode: params.mode ?? (isLoopback(host) ? "disable" : "require") },
  });
  return found.success
    ? { ok: true, parts: found.data }
    : no(found.error.issues[0]?.message ?? "Not an address.");
}

type TlsMode = ConnectionParts["tls"]["mode"];
type UrlParams = { mode: TlsMode | undefined };

/** Only what stays on this machine may go unencrypted without having been asked for. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/u.test(host);
}

function readParams(params: URLSearchParams): UrlParams | string {
  let mode: UrlParams["mode"];
  for (const [key, value] of params) {
    if (key === "sslmode" || key === "ssl") {
      const read = readTlsMode(key, value);
      if (read === null) return `The ${key} of the address is not one of: ${tlsModes.join(", ")}.`;
      mode = read;
    } else if (!ignoredParams.has(key)) {
      return `The address sets “${key.slice(0, 40)}”, which Glimpse does not use. Remove it.`;
    }
  }
  return { mode };
}

function readTlsMode(key: string, value: string): TlsMode | null {
  if (key === "ssl")
    return value === "true" || value === "1" ? "require" : value === "false" ? "disable" : null;
  // Glimpse never falls back to plain text on its own: what may be encrypted must be.
  if (value === "prefer" || value === "allow") return "require";
  return tlsModes.find((mode) => mode === value) ?? null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

const no = (words: string): ParsedUrl => ({ ok: false, words });
