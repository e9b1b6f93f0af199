import { z } from "zod";
import {
  LONGEST_VIEW,
  MAX_RECORDS,
  MOST_VIEWS_WISHED,
  purposes,
  REASON_MAX,
  REASON_MIN,
  type Purpose,
} from "@/lib/requests/request";
import { idInput } from "@/lib/id-input";
import { noNumbers, noNumbersInLabel } from "@/lib/texts/free-text";

// What a reader cannot see can make a reason say another thing than it seems to: control characters, marks
// that turn the direction of writing, half a character.
const unseen = /[\p{Cs}\u202a-\u202e\u2066-\u2069]|(?![\n\r\t])\p{Cc}/u;

/** Words without characters that a reader cannot see, and without numbers that are masked elsewhere. */
export const plainText = (longest: number, words: string, inLabel = false) =>
  z
    .string()
    .trim()
    .max(longest, words)
    .refine((text) => !unseen.test(text), "This holds characters that cannot be seen. Remove them.")
    .check(inLabel ? noNumbersInLabel : noNumbers);

const purposeIds = Object.keys(purposes) as [Purpose, ...Purpose[]];

/** What a request form may send: shapes only; what the catalogue says of it is checked by the deed. */
export const draftSchema = z.object({
  tableId: idInput(),
  records: z
    .array(z.string().min(1).max(4096))
    .min(1, "Choose at least one record.")
    .max(MAX_RECORDS, `A request holds at most ${MAX_RECORDS} records.`),
  fields: z
    .array(z.object({ columnId: idInput(), level: z.enum(["partial", "full"]) }))
    .min(1, "Choose at least one field.")
    .max(100, "A request holds at most 100 fields.")
    .refine(
      (fields) => new Set(fields.map((field) => field.columnId)).size === fields.length,
      "A field was named twice.",
    ),
  purpose: z.enum(purposeIds, { error: "Choose a purpose." }),
  reason: plainText(REASON_MAX, `Write at most ${REASON_MAX} characters.`).refine(
    (text) => [...text].length >= REASON_MIN,
    `Write at least ${REASON_MIN} characters: the approver decides by this.`,
  ),
  ticket: plainText(120, "Write at most 120 characters.", true).transform((text) => text || null),
  viewSeconds: z.int().min(1).max(LONGEST_VIEW, "The longest view is 30 minutes."),
  /** As a clock on the wall shows it where the requester is, "2026-11-30T09:00". */
  notBefore: z.string().max(40).optional(),
  maxViews: z
    .int("Give a whole number.")
    .min(1, "At least once, or leave it empty.")
    .max(MOST_VIEWS_WISHED, `At most ${MOST_VIEWS_WISHED} times, or leave it empty.`)
    .optional(),
  withSession: z.boolean().optional(),
});

/** A draft of the right shape. */
export type Draft = z.infer<typeof draftSchema>;

/** A draft while it is being written: the same fields and records, no words needed yet and perhaps no field. */
export const sketchSchema = draftSchema.extend({
  fields: z.array(z.object({ columnId: idInput(), level: z.enum(["partial", "full"]) })).max(100),
  purpose: z.enum(purposeIds).catch("customer-contact"),
  reason: z.string().trim().max(REASON_MAX).catch(""),
  ticket: z
    .string()
    .trim()
    .max(120)
    .catch("")
    .transform((text) => text || null),
  maxViews: z.int().min(1).max(MOST_VIEWS_WISHED).optional().catch(undefined),
});

const cohort = z.string().min(1).max(8_000);

/** A draft for all records that match the filters of an address, instead of chosen ones. */
export const cohortDraftSchema = draftSchema.omit({ records: true }).extend({ cohort });
export const cohortSketchSchema = sketchSchema.omit({ records: true }).extend({ cohort });
