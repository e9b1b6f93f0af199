import { z } from "zod";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";

export type Mask =
  | { method: "clear" }
  | { method: "hidden" }
  | { method: "redact" }
  | { method: "partial"; shape: "last" | "email" | "phone"; keep?: number }
  | { method: "pseudonym" }
  | { method: "generalise"; to: "year" | "bucket"; size?: number };

export type MaskMethod = Mask["method"];

/** What stands for a value that is masked as a whole; it says nothing of the value, its length included. */
export const maskedText = "•••••••";
/** What stands for the hidden part of a value that is partly shown; always as many dots. */
export const maskedPart = "•••••";

export const defaultKeep = { last: 4, phone: 2 } as const;
export const defaultBucketSize = 10_000;

/** The stored form of a mask, and what a form may send. */
export const maskSchema: z.ZodType<Mask> = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("clear") }),
  z.strictObject({ method: z.literal("hidden") }),
  z.strictObject({ method: z.literal("redact") }),
  z.strictObject({
    method: z.literal("partial"),
    shape: z.enum(["last", "email", "phone"]),
    keep: z.int().min(1).max(6).exactOptional(),
  }),
  z.strictObject({ method: z.literal("pseudonym") }),
  z.strictObject({
    method: z.literal("generalise"),
    to: z.enum(["year", "bucket"]),
    size: z.int().min(5).max(1_000_000_000).exactOptional(),
  }),
]);

const always = ["clear", "hidden", "redact"] as const satisfies readonly MaskMethod[];

const more: Partial<Record<TypeCategory, readonly MaskMethod[]>> = {
  text: ["partial", "pseudonym"],
  number: ["partial", "pseudonym", "generalise"],
  money: ["generalise"],
  uuid: ["partial", "pseudonym"],
  inet: ["pseudonym"],
  date: ["generalise"],
  timestamp: ["generalise"],
};

/** The methods that fit a type; a method that is not among them compiles to redact. */
export function masksFor(type: ColumnType): MaskMethod[] {
  return [...always, ...(more[type.category] ?? [])];
}

const shapes: Partial<Record<TypeCategory, readonly string[]>> = {
  text: ["last", "email", "phone"],
  number: ["last", "phone"],
  uuid: ["last"],
};

/** Whether this very mask, its shape included, can be computed over the type. */
export function maskFits(type: ColumnType, mask: Mask): boolean {
  if (!masksFor(type).includes(mask.method)) return false;
  if (mask.method === "partial") return (shapes[type.category] ?? []).includes(mask.shape);
  if (mask.method !== "generalise") return true;
  const isDate = type.category === "date" || type.category === "timestamp";
  return isDate === (mask.to === "year");
}

/** Says in words what people see under the mask and what it still gives away. */
export function describeMask(mask: Mask): string {
  switch (mask.method) {
    case "clear":
      return "Shown as it is.";
    case "hidden":
      return "Not read and not shown. Gives nothing away.";
    case "redact":
      return "Dots instead of the value, which is not read. Gives nothing away.";
    case "partial":
      return describePartial(mask);
    case "pseudonym":
      return "A token instead of the value. Equal values have equal tokens, and an empty field shows.";
    case "generalise":
      return mask.to === "year"
        ? "Only the year. Gives away the year and whether there is a date."
        : `A range of ${(mask.size ?? defaultBucketSize).toLocaleString("en-US")} instead of the number. Gives away the rough size and whether there is a number.`;
  }
}

function describePartial(mask: Extract<Mask, { method: "partial" }>): string {
  switch (mask.shape) {
    case "email":
      return "The first letter and the domain. Gives away the provider and whether there is an address.";
    case "phone":
      return `The country code and the last ${mask.keep ?? defaultKeep.phone} digits. Gives away the country and whether there is a number.`;
    case "last":
      return `The last ${mask.keep ?? defaultKeep.last} characters. Gives away those and whether there is a value.`;
  }
}
