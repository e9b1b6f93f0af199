import { z } from "zod";
import { noNumbers } from "@/lib/texts/free-text";

/** Why access is removed, or a campaign called off: 10 to 2,000 characters that stay on record. */
export const confirmWords = z
  .string()
  .trim()
  .min(10, "Write at least 10 characters: it stays on record.")
  .max(2000, "Write at most 2,000 characters.")
  .refine((text) => !text.includes("\0"), "This holds characters that cannot be seen. Remove them.")
  .check(noNumbers);
