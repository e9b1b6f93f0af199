import { z } from "zod";
import { connectionSchema, parseSourceUrl, tlsModes, type ConnectionParts } from "@/lib/source/connection";
import { noNumbersInLabel } from "@/lib/texts/free-text";

/** What a form sends: an address, or its parts. Everything is text until it has been looked at. */
export const connectionFormSchema = z.object({
  how: z.enum(["url", "parts"]),
  url: z.string().max(4_000).default(""),
  host: z.string().trim().max(255).default(""),
  port: z.string().trim().max(8).default(""),
  database: z.string().max(63).default(""),
  user: z.string().max(63).default(""),
  password: z.string().max(1_000).default(""),
  /** Empty: as the address says. */
  tls: z.enum(["", ...tlsModes]).default(""),
  ca: z.string().max(100_000).default(""),
});

export type ConnectionForm = z.infer<typeof connectionFormSchema>;

export type ReadForm =
  | { ok: true; connection: ConnectionParts }
  | { ok: false; fields: Readonly<Record<string, string>> };

/** The connection that a form describes, or what is wrong with it by the name of the field. */
export function readConnectionForm(form: ConnectionForm): ReadForm {
  const ca = form.ca.trim();
  if (ca !== "" && !isCertificate(ca))
    return {
      ok: false,
      fields: { ca: "Paste the certificate in PEM form: it starts with -----BEGIN CERTIFICATE-----." },
    };
  const read = form.how === "url" ? fromUrl(form) : fromParts(form);
  if (!read.ok) return read;
  const { mode } = read.connection.tls;
  const verifies = mode === "verify-ca" || mode === "verify-full";
  const tls = ca !== "" && verifies ? { mode, ca } : { mode };
  return { ok: true, connection: { ...read.connection, tls } };
}

function fromUrl(form: ConnectionForm): ReadForm {
  const parsed = parseSourceUrl(form.url);
  if (!parsed.ok) return { ok: false, fields: { url: parsed.words } };
  const tls = form.tls === "" ? parsed.parts.tls : { mode: form.tls };
  return { ok: true, connection: { ...parsed.parts, tls } };
}

function fromParts(form: ConnectionForm): ReadForm {
  const parsed = connectionSchema.safeParse({
    host: form.host,
    port: form.port === "" ? 5432 : Number(form.port),
    database: form.database,
    user: form.user,
    password: form.password,
    tls: { mode: form.tls === "" ? "require" : form.tls },
  });
  if (parsed.success) return { ok: true, connection: parsed.data };
  const fields = Object.fromEntries(
    parsed.error.issues.map(({ path, message }) => [String(path[0]), message]),
  );
  return {
    ok: false,
    fields: "port" in fields ? { ...fields, port: "Enter a port from 1 to 65535." } : fields,
  };
}

function isCertificate(text: string): boolean {
  return text.startsWith("-----BEGIN CERTIFICATE-----") && text.includes("-----END CERTIFICATE-----");
}

/** Names of addresses below /catalog that are not sources. */
const reserved = new Set(["new", "health"]);

/** The name of a source and the word for it in addresses. */
export const sourceNameSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the source a name.")
    .max(60, "Use at most 60 characters.")
    .check(noNumbersInLabel),
  slug: z
    .string()
    .trim()
    .default("")
    .refine(
      (slug) => slug === "" || /^[a-z0-9][a-z0-9-]{0,59}$/u.test(slug),
      "Use small letters, digits and hyphens.",
    )
    .refine((slug) => !reserved.has(slug), "This word is taken by Glimpse itself.")
    .check(noNumbersInLabel),
});

/** The word for a source in addresses, made from its name; empty when the name has no letter of a to z in it. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 60);
  return reserved.has(slug) ? `${slug}-source` : slug;
}
