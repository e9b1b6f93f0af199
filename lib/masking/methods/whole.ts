import { z } from "zod";
import { compileClear } from "@/lib/masking/clear";
import { whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";

const always = () => true;
const none = () => "";

/** The value itself. */
export const clear: MaskKind<{ method: "clear" }> = {
  schema: z.strictObject({ method: z.literal("clear") }),
  id: "clear",
  openness: "clear",
  letter: "c",
  usual: [{ method: "clear" }],
  costNs: 0,
  fits: always,
  compile: ({ sql, type }) => compileClear(sql, type),
  variant: none,
  name: () => "clear",
  says: () => "Shown as it is.",
};

/** NULL, whether there is a value or not. */
export const hidden: MaskKind<{ method: "hidden" }> = {
  schema: z.strictObject({ method: z.literal("hidden") }),
  id: "hidden",
  openness: "none",
  letter: "h",
  usual: [{ method: "hidden" }],
  costNs: 0,
  fits: always,
  compile: () => "NULL::text",
  variant: none,
  name: () => "hidden",
  says: () => "Not read and not shown. Gives nothing away.",
};

type Redact = { method: "redact"; text?: string };

/** The same dots, or the same words, for every row. */
export const redact: MaskKind<Redact> = {
  schema: z.strictObject({
    method: z.literal("redact"),
    text: z
      .string()
      .regex(/^[^\p{C}]{1,40}$/u)
      .exactOptional(),
  }),
  id: "redact",
  openness: "none",
  letter: "r",
  usual: [{ method: "redact" }],
  costNs: 0,
  fits: always,
  compile: (_, { text }, sink) => (text === undefined ? whole : sink.bind(text, "text")),
  variant: ({ text }) => text ?? "",
  name: ({ text }) => (text === undefined ? "redact" : `redact, “${text}”`),
  says: ({ text }) =>
    `${text === undefined ? "Dots" : `“${text}”`} instead of the value, which is not read. Gives nothing away.`,
};
