import { z } from "zod";
import { type DataClass, isStricter } from "@/lib/catalog/classes";
import { simpleKinds, type SimpleMask } from "@/lib/masking/kinds";
import { isRead, maskKey } from "@/lib/masking/mask";
import { noNumbersInLabel } from "@/lib/texts/free-text";

/** The masks among which that of a class is chosen, by their keys: what every kind of mask is usually offered as. */
export const classMaskByKey: ReadonlyMap<string, SimpleMask> = new Map(
  simpleKinds
    .flatMap(({ usual }) => usual as readonly SimpleMask[])
    .map((mask) => [maskKey(mask), mask] as const),
);

/** The masks that may stand for that of a built-in class, by their keys; none for a class that opens for nobody. */
export function stricterMasks(builtIn: DataClass): ReadonlyMap<string, SimpleMask> {
  return new Map([...classMaskByKey].filter(([, mask]) => isStricter(builtIn, mask)));
}

export const classGroups = ["identity", "contact", "money", "health", "access", "other"] as const;
export const revealMinutes = [0, 5, 10, 15, 30, 60] as const;

const list = (most: number, longest: number, words: string) =>
  z
    .string()
    .max(4_000)
    .check(noNumbersInLabel)
    .transform((text) => [
      ...new Set(
        text
          .split(/[,\n]/u)
          .map((one) => one.trim())
          .filter(Boolean),
      ),
    ])
    .refine((all) => all.length <= most && all.every((one) => one.length <= longest), words);

const plain = /^[^\p{Cc}\p{Cf}]*$/u;

const fields = {
  title: z
    .string()
    .trim()
    .normalize("NFC")
    .min(1, "Give it a name.")
    .max(60, "Use 60 characters or fewer.")
    .regex(plain, "The name has characters that cannot be shown.")
    .check(noNumbersInLabel),
  group: z.enum(classGroups),
  sensitivity: z.coerce
    .number()
    .int()
    .min(1)
    .max(4)
    .transform((level) => level as 1 | 2 | 3 | 4),
  regulations: list(10, 40, "Name ten at most, each in 40 characters.").refine(
    (all) => all.every((one) => plain.test(one)),
    "They have characters that cannot be shown.",
  ),
  mask: z.string().transform((key, context) => {
    const mask = classMaskByKey.get(key);
    if (mask !== undefined) return mask;
    context.addIssue("There is no such mask.");
    return z.NEVER;
  }),
  maxRevealMinutes: z.coerce
    .number()
    .refine((minutes) => (revealMinutes as readonly number[]).includes(minutes), "Choose a time."),
  words: list(40, 60, "Name 40 at most, each in 60 characters."),
};

type Content = { sensitivity: number; mask: SimpleMask; maxRevealMinutes: number };

const opensForNobody = ({ mask, maxRevealMinutes }: Content) => maxRevealMinutes > 0 || !isRead(mask);
const isNoSecretClear = ({ mask, sensitivity }: Content) => mask.method !== "clear" || sensitivity < 3;
const neverWords = { path: ["mask"], message: "A class that opens for nobody is hidden or redacted." };
const clearWords = { path: ["mask"], message: "A class of this sensitivity is not clear." };

export const addClassForm = z
  .object(fields)
  .refine(opensForNobody, neverWords)
  .refine(isNoSecretClear, clearWords);

export const changeClassForm = z
  .object({
    ...fields,
    classId: z.string().max(60),
    version: z.coerce.number().int().min(1),
    accept: z
      .literal("on")
      .optional()
      .transform((ticked) => ticked === "on"),
  })
  .refine(opensForNobody, neverWords)
  .refine(isNoSecretClear, clearWords);

export const retireClassForm = z.object({
  classId: z.string().max(60),
  version: z.coerce.number().int().min(1),
});

/** An empty key takes the preference back. */
export const classMaskForm = z.object({ classId: z.string().max(60), mask: z.string().max(200) });

/** The id of a class by its title, which no built-in class can have: "Badge number" is `own_badge_number`. */
export function classIdOf(title: string): string {
  const word = title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "")
    .slice(0, 40);
  return `own_${word === "" ? "class" : word}`;
}
