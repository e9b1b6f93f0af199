import type { z } from "zod";
import { noNumbers, noNumbersInLabel, noNumbersWithin } from "@/lib/texts/free-text";

/** A text that a form may send: where it is in the form, and whether it is looked through for numbers. */
export type TextField = { path: string; scanned: boolean; longest: number };

type Def = {
  type: string;
  checks?: readonly unknown[];
  format?: string;
  shape?: Record<string, z.core.$ZodType>;
  options?: readonly z.core.$ZodType[];
  items?: readonly z.core.$ZodType[];
} & Partial<Record<"element" | "innerType" | "in" | "out" | "keyType" | "valueType", z.core.$ZodType>>;

/** Every text of a schema that can be anything: not what has a format, is one of a list, or a number. */
export function textFields(schema: z.core.$ZodType, path = ""): TextField[] {
  const def = schema._zod.def as unknown as Def;
  if (def.checks?.includes(noNumbersWithin)) return [{ path, scanned: true, longest: 0 }];
  const below = (one: z.core.$ZodType | undefined, name = path) => (one ? textFields(one, name) : []);
  if (def.type === "string") return def.format === undefined ? [textField(def, schema, path)] : [];
  if (def.type === "unknown" || def.type === "any") return [{ path, scanned: false, longest: Infinity }];
  if (def.type === "pipe") return below(def.in);
  return [
    ...Object.entries(def.shape ?? {}).flatMap(([name, one]) =>
      below(one, path === "" ? name : `${path}.${name}`),
    ),
    ...[...(def.options ?? []), ...(def.items ?? [])].flatMap((one) => below(one)),
    ...below(def.element, `${path}[]`),
    ...below(def.innerType),
    ...below(def.keyType, `${path}{}`),
    ...below(def.valueType, `${path}{}`),
  ];
}

function textField(def: Def, schema: z.core.$ZodType, path: string): TextField {
  const scanned = (def.checks ?? []).some((check) => check === noNumbers || check === noNumbersInLabel);
  const longest = (schema as z.ZodString).maxLength ?? Infinity;
  return { path, scanned, longest };
}
