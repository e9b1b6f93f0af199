import { z } from "zod";
import { idInput } from "@/lib/id-input";
import { noNumbers } from "@/lib/texts/free-text";
import { spanInput, spanMistake } from "@/lib/reports/span";

const DAY_MS = 86_400_000;
/** 45 CFR 164.528(a)(1): six years before the request. */
const ACCOUNTING_DAYS = 6 * 366;

export const JUSTIFICATION_MIN = 20;

const optional = (text: string | undefined) =>
  text === undefined || text.trim() === "" ? null : text.trim();

/** What the report on a data subject is narrowed to. `justification` is null where names are not to be shown. */
export const subjectInput = z
  .strictObject({
    table: idInput("Choose a table."),
    record: z.string().trim().min(1, "Write the key of the record.").max(4096, "This is too long."),
    related: z.enum(["no", "yes"], "Choose.").default("no"),
    form: z.enum(["access", "accounting"], "Choose.").default("access"),
    justification: z
      .string()
      .max(1000, "Write at most 1,000 characters.")
      .check(noNumbers)
      .optional()
      .transform(optional)
      .refine(
        (text) => text === null || text.length >= JUSTIFICATION_MIN,
        `Write at least ${JUSTIFICATION_MIN} characters: why the names are necessary. It stays on record.`,
      ),
    ...spanInput,
  })
  .superRefine((asked, context) => {
    const days = (Date.parse(asked.to) - Date.parse(asked.from)) / DAY_MS;
    const tooLong = asked.form === "accounting" && days > ACCOUNTING_DAYS;
    const message = spanMistake(asked) ?? (tooLong ? "An accounting goes back six years at most." : null);
    if (message !== null) context.addIssue({ code: "custom", path: ["to"], message });
  });

export type SubjectAsked = z.infer<typeof subjectInput>;
