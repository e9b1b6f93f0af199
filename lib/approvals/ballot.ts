import { z } from "zod";
import { idInput } from "@/lib/id-input";
import { noNumbers } from "@/lib/texts/free-text";

const longest = 2000;

/** Words of an approver; empty ones are none. */
const words = z
  .string()
  .trim()
  .max(longest, `Write at most ${longest} characters.`)
  .refine((text) => !text.includes("\0"), "This holds characters that cannot be seen. Remove them.")
  .check(noNumbers)
  .transform((text) => text || null);

/** What every decision carries: which request, its version as it was seen, and words. */
export const decidableShape = {
  requestId: idInput(),
  version: z.coerce.number().int().min(1),
  words: words.optional().transform((text) => text ?? null),
};

/** Words that must be there. */
export const neededWords = words
  .refine((text) => text !== null, "Say why: the requester reads this.")
  .transform((text) => text ?? "");
