import fs from "node:fs";
import { z } from "zod";

const key = (name: string) =>
  z
    .string({ error: `${name} is missing` })
    .refine(
      (text) => decodedKey(text).length >= 32,
      `${name} is too short: it needs 32 random bytes in base64`,
    )
    .refine((text) => new Set(decodedKey(text)).size >= 12, `${name} is too regular to be random`);

/** `smtps://` speaks TLS from the start, `smtp://` changes to it where the server offers it. */
const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: "GLIMPSE_SMTP_URL is not an smtp:// or smtps:// URL" })
  .optional();
const mailFrom = z
  .string()
  .regex(/^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/, "GLIMPSE_MAIL_FROM is not an e-mail address")
  .optional();

const instanceName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,60}$/, "GLIMPSE_INSTANCE has 60 letters, digits, dots and hyphens at most")
  .optional();

const schema = z.object({
  DATABASE_URL: z
    .string({ error: "DATABASE_URL is missing" })
    .refine((url) => /^postgres(ql)?:\/\//.test(url), "DATABASE_URL is not a postgres:// URL"),
  GLIMPSE_KEY: key("GLIMPSE_KEY"),
  NEXTAUTH_SECRET: key("NEXTAUTH_SECRET"),
  NEXTAUTH_URL: z.url({
    protocol: /^https?$/,
    error: "NEXTAUTH_URL is missing or is not the https:// address of Glimpse",
  }),
  GLIMPSE_DEMO: z.stringbool().default(false),
  GLIMPSE_TRUST_PROXY: z.stringbool().default(false),
  GLIMPSE_INSTANCE: z.preprocess(emptyIsNone, instanceName),
  GLIMPSE_SMTP_URL: z.preprocess(emptyIsNone, smtpUrl),
  GLIMPSE_MAIL_FROM: z.preprocess(emptyIsNone, mailFrom),
});
const both = schema.refine(
  (read) => (read.GLIMPSE_SMTP_URL === undefined) === (read.GLIMPSE_MAIL_FROM === undefined),
  "GLIMPSE_SMTP_URL and GLIMPSE_MAIL_FROM are needed together",
);

/** The settings of this instance, each already checked. */
export type Env = {
  databaseUrl: string;
  /** 32 bytes or more: the root from which credential and masking keys are derived. */
  rootKey: Buffer;
  authSecret: string;
  publicUrl: string;
  demo: boolean;
  trustProxy: boolean;
  /** The name of this instance in the audit log; null where it takes one of its own at each start. */
  instance: string | null;
  /** By which server e-mail is sent and from which address; null where none is. */
  mail: { smtpUrl: string; from: string } | null;
};

/** What is wrong with the settings, one sentence each; empty when all is well. Never quotes a value. */
export function envComplaints(): string[] {
  const parsed = both.safeParse(process.env);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
}

/** Whether this is `next dev`, which needs more than production allows itself. */
export const inDevelopment = process.env.NODE_ENV === "development";

let cached: Env | undefined;

/** The settings; throws, naming each one that is missing or weak. */
export function env(): Env {
  if (cached) return cached;
  const complaints = envComplaints();
  if (complaints.length > 0) throw new Error(`Glimpse cannot start: ${complaints.join("; ")}.`);
  const read = schema.parse(process.env);
  cached = {
    databaseUrl: read.DATABASE_URL,
    rootKey: decodedKey(read.GLIMPSE_KEY),
    authSecret: read.NEXTAUTH_SECRET,
    publicUrl: read.NEXTAUTH_URL,
    demo: read.GLIMPSE_DEMO,
    trustProxy: read.GLIMPSE_TRUST_PROXY,
    instance: read.GLIMPSE_INSTANCE ?? null,
    mail:
      read.GLIMPSE_SMTP_URL === undefined || read.GLIMPSE_MAIL_FROM === undefined
        ? null
        : { smtpUrl: read.GLIMPSE_SMTP_URL, from: read.GLIMPSE_MAIL_FROM },
  };
  return cached;
}

/**
 * A setting that may stand in a file, which `NAME_FILE` names: secrets of the audit log, which are no part of `env()`,
 * because nothing but their own code holds them. Undefined when neither is set; throws when the file cannot be read.
 */
export function settingOrFile(name: LogSetting): string | undefined {
  const file = process.env[`${name}_FILE`];
  if (file === undefined || file === "") return process.env[name] || undefined;
  try {
    return fs.readFileSync(file, "utf8").trim();
  } catch {
    throw new Error(`${name}_FILE names a file that cannot be read`);
  }
}

type LogSetting =
  | "GLIMPSE_LOG_KEY"
  | "GLIMPSE_LOG_OLD_KEYS"
  | "GLIMPSE_LOG_FOLDER"
  | "GLIMPSE_LOG_URL"
  | "GLIMPSE_LOG_URL_TOKEN"
  | "GLIMPSE_LOG_WITNESSES"
  | "GLIMPSE_LOG_MAIL"
  | "GLIMPSE_LOG_MAIL_HOURS"
  | "GLIMPSE_MONITOR_TOKENS"
  | `GLIMPSE_FORWARD_${string}`;

/** Whether people reach this instance by https: then cookies are secure and browsers are told to insist. */
export function servedOverHttps(): boolean {
  return env().publicUrl.startsWith("https:");
}

function emptyIsNone(value: unknown): unknown {
  return value === "" ? undefined : value;
}

function decodedKey(text: string): Buffer {
  return Buffer.from(text, "base64");
}
