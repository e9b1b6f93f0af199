import { z } from "zod";
import { connectionFormSchema } from "@/lib/catalog/connection-form";
import { idInput } from "@/lib/id-input";
import { maskSchema } from "@/lib/masking/mask";
import { noNumbersWithin } from "@/lib/texts/free-text";

const version = z.int().min(1);
const classId = z.string().max(60);

export const confirmForm = z.strictObject({
  sourceId: idInput(),
  choices: z
    .array(z.strictObject({ id: idInput(), version, classId, mask: maskSchema.check(noNumbersWithin) }))
    .min(1)
    .max(1_600),
});

export const reopenForm = z.strictObject({
  sourceId: idInput(),
  columns: z
    .array(z.strictObject({ id: idInput(), version }))
    .min(1)
    .max(1_600),
});

/** The moment of a confirmation to the microsecond, as `confirmColumns` gave it. */
export const undoForm = z.strictObject({
  sourceId: idInput(),
  confirmedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/u),
});

export const bulkForm = z.strictObject({ sourceId: idInput(), atLeast: z.enum(["sure", "likely"]) });

/** Columns as the steward saw them, to be masked as a rule book wants it. */
export const presetForm = z.strictObject({
  sourceId: idInput(),
  preset: z.enum(["hipaa", "pci", "gdpr", "ccpa"]),
  columns: z
    .array(z.strictObject({ id: idInput(), version }))
    .min(1)
    .max(5_000),
});

/** A source, for what is done to its discovery and to what that found. */
export const sourceForm = z.object({ sourceId: idInput() });

export const checksForm = z.object({
  sourceId: idInput(),
  every: z.enum(["off", "daily", "weekly"]),
  hour: z.coerce.number().int().min(0).max(23),
});

export const addForm = z.strictObject({
  connection: connectionFormSchema,
  name: z.string(),
  slug: z.string(),
});

export const testForm = z.strictObject({ connection: connectionFormSchema, sourceId: idInput().nullable() });

export const changeForm = z.strictObject({ sourceId: idInput(), version, connection: connectionFormSchema });

export const rotateForm = z.object({ sourceId: idInput(), version: z.coerce.number().int().min(1) });

export const removeForm = z.object({ sourceId: idInput(), version: z.coerce.number().int().min(1) });
