import { z } from "zod";
import { idInput } from "@/lib/id-input";
import { noNumbers } from "@/lib/texts/free-text";

/** Shorter periods than this nobody can set, and longer ones than a century. */
export const shortestDays = 90;
const longestDays = 36_500;

const words = z
  .string()
  .trim()
  .min(10, "Write at least 10 characters: it stays on record.")
  .max(2000, "Write at most 2,000 characters.")
  .refine((text) => !text.includes("\0"), "This holds characters that cannot be seen. Remove them.")
  .check(noNumbers);

const days = z
  .string()
  .trim()
  .transform((text) => (text === "" ? null : Number(text)))
  .refine(
    (count) => count === null || (Number.isInteger(count) && count >= shortestDays && count <= longestDays),
    `Whole days from ${shortestDays} to ${longestDays.toLocaleString("en-US")}; empty is for ever.`,
  );

/** A choice of a list, where nothing need be chosen. */
const chosen = z
  .union([z.literal(""), idInput()])
  .optional()
  .transform((id) => (id ? id : null));
const day = z
  .union([z.literal(""), z.iso.date()])
  .optional()
  .transform((text) => (text ? text : null));

export const periodSchema = z.object({ days, why: words });
export const decidePeriodSchema = z.object({ periodId: idInput() });
export const holdSchema = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, "Give it a name.")
      .max(100, "At most 100 characters.")
      .refine((text) => !/\p{Cc}/u.test(text), "This holds characters that cannot be seen. Remove them.")
      .check(noNumbers),
    why: words,
    personId: chosen,
    sourceId: chosen,
    fromDay: day,
    toDay: day,
  })
  .refine(({ fromDay, toDay }) => fromDay === null || toDay === null || fromDay <= toDay, {
    error: "The last day is before the first.",
    path: ["toDay"],
  });
export const askLiftSchema = z.object({ holdId: idInput(), why: words });
export const liftHoldSchema = z.object({ holdId: idInput() });
