import { z } from "zod";
import type { TypeCategory } from "@/lib/catalog/column-type";
import { whole } from "@/lib/masking/dots";
import { compileHmac, otherThan, overHash } from "@/lib/masking/hmac";
import type { MaskInput, MaskKind } from "@/lib/masking/kind";
import type { MaskKeys } from "@/lib/masking/keys";
import { comparableText, type SqlSink } from "@/lib/masking/sql";

/** Longer texts are not hashed: a keyed hash of a gigabyte could exceed what the server can allocate. */
const pseudonymBytes = 1_000_000;
/** Longer texts are no address or number: they are masked as a whole before any pattern looks at them. */
const shapeBytes = 320;

const hashed: ReadonlySet<TypeCategory> = new Set(["text", "number", "uuid", "inet"]);

const equalValues = "Equal values have equal ones, and an empty field shows.";

/** What stands for a text that has the shape, by its keyed hash; dots for anything else, and without keys. */
export function keyedBy(
  { sql, keys }: MaskInput,
  shape: (text: string) => string,
  shown: (text: string, keys: MaskKeys) => string,
): string {
  if (keys === undefined) return whole;
  const text = comparableText(sql);
  return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${shape(text)} THEN ${shown(text, keys)} ELSE ${whole} END`;
}

const noLonger = (bytes: number) => (text: string) => `octet_length(${text}) <= ${bytes}`;

const start = (text: string, keys: MaskKeys, sink: SqlSink, digits: number) =>
  `left(encode(${compileHmac(text, keys, sink)}, 'hex'), ${digits})`;

/** A token of the keyed hash. */
export const token: MaskKind<{ method: "pseudonym" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym") }),
  id: "pseudonym",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  usual: [{ method: "pseudonym" }],
  costNs: 2_000,
  fits: ({ category }) => hashed.has(category),
  compile: (input, _, sink) =>
    keyedBy(input, noLonger(pseudonymBytes), (text, keys) => `'tok_' || ${start(text, keys, sink, 16)}`),
  variant: () => "",
  name: () => "pseudonym",
  says: () => "A token instead of the value. Equal values have equal tokens, and an empty field shows.",
};

/** A token that looks like a login. */
export const username: MaskKind<{ method: "pseudonym"; as: "username" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("username") }),
  id: "pseudonym username",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  classes: ["username"],
  usual: [{ method: "pseudonym", as: "username" }],
  costNs: 1_500,
  fits: ({ category }) => category === "text",
  compile: (input, _, sink) =>
    keyedBy(input, noLonger(pseudonymBytes), (text, keys) => `'u_' || ${start(text, keys, sink, 12)}`),
  variant: () => "",
  name: () => "pseudonym, login",
  says: () => `An invented login instead of the value. ${equalValues}`,
};

/** An address at example.com; the same for upper and lower case. */
export const emailAddress: MaskKind<{ method: "pseudonym"; as: "email" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("email") }),
  id: "pseudonym email",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  classes: ["email", "username"],
  usual: [{ method: "pseudonym", as: "email" }],
  costNs: 2_500,
  fits: ({ category }) => category === "text",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      (text) => `${noLonger(shapeBytes)(text)} AND ${text} ~ '^[^@[:space:]]+@[^@[:space:]]+$'`,
      (text, keys) => `'u' || ${start(`lower(${text})`, keys, sink, 12)} || '@example.com'`,
    ),
  variant: () => "",
  name: () => "pseudonym, e-mail",
  says: () => `An invented address at example.com. ${equalValues}`,
};

/** A UUID of version 8 (RFC 9562), which is for such uses. */
export const uuid: MaskKind<{ method: "pseudonym"; as: "uuid" }> = {
  schema: z.strictObject({ method: z.literal("pseudonym"), as: z.literal("uuid") }),
  id: "pseudonym uuid",
  openness: "pseudonym",
  letter: "t",
  key: "class",
  usual: [{ method: "pseudonym", as: "uuid" }],
  costNs: 3_000,
  fits: ({ category }) => category === "uuid",
  compile: (input, _, sink) =>
    keyedBy(
      input,
      () => "TRUE",
      (text, keys) =>
        overHash(text, keys, sink, (own, hash) => {
          const hex = `encode(substr(${hash}, 1, 16), 'hex')`;
          const marked = `overlay(overlay(${hex} placing '8' from 13) placing 'a' from 17)`;
          return otherThan(own, `(${marked})::uuid::text`);
        }),
    ),
  variant: () => "",
  name: () => "pseudonym, UUID",
  says: () => `Another UUID. ${equalValues}`,
};
