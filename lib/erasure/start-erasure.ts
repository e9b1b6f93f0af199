import "server-only";
import { z } from "zod";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import { recorded } from "@/lib/audit/recorded";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { erasureRecords, erasures } from "@/lib/db/schema/erasures";
import { refuseHeld } from "@/lib/erasure/refuse-held";
import { refuseInvolved } from "@/lib/erasure/refuse-involved";
import { relatedRecords, type RelatedRecord } from "@/lib/erasure/related-records";
import { MOST_RECORDS, subjectHandle } from "@/lib/erasure/subject";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { noNumbers, noNumbersInLabel } from "@/lib/texts/free-text";

const seen = (text: string) => !/\p{Cc}/u.test(text.replaceAll(/[\n\r\t]/gu, ""));
const hidden = "This holds characters that cannot be seen. Remove them.";

export const startErasureSchema = z.object({
  tableId: idInput("Choose a table."),
  key: z.string().trim().min(1, "Write the key of the record.").max(4096, "This is too long."),
  /** A checkbox of a form: not there when it is not ticked. */
  related: z
    .literal("on")
    .optional()
    .transform((ticked) => ticked === "on"),
  reference: z
    .string()
    .trim()
    .min(1, "Write how the request for erasure is called.")
    .max(120, "Write at most 120 characters.")
    .refine(seen, hidden)
    .check(noNumbersInLabel),
  reason: z
    .string()
    .trim()
    .min(10, "Write at least 10 characters, and nothing that names the person: this stays.")
    .max(2000, "Write at most 2,000 characters.")
    .refine(seen, hidden)
    .check(noNumbers),
});

/** The table of a record, for whoever may have it erased; refuses what is not in the catalogue. */
export async function subjectTable(ctx: Context, tableId: string): Promise<CatalogTable> {
  const table = await findTable(ctx.db, { tableId });
  if (!table) throw new Refusal("not-found");
  return table;
}

/**
 * Asks for a person to be forgotten: keeps which records, as the source has them at this moment, until another person
 * confirms or somebody takes it back. That the source is asked, and of which record, is on record first. Refused to whoever
 * had part in an access to the records. Nothing is erased yet.
 */
export async function startErasure(
  ctx: Context,
  input: z.infer<typeof startErasureSchema>,
): Promise<{ number: number; records: number }> {
  requirePermission(ctx, "erase");
  const table = await subjectTable(ctx, input.tableId);
  const handle = subjectHandle(table, input.key);
  if (input.related)
    await recorded(ctx, async (tx) => {
      const records = await holdRefs(tx, [{ table, handle }]);
      return {
        result: undefined,
        event: { code: "erasure.previewed", resource: { ...aboutTable(table), records } },
      };
    });
  const found = input.related
    ? await relatedRecords(ctx.db, table, handle)
    : { records: [{ table, handle }], hasMore: false };
  // What cannot be erased whole is not begun.
  if (found.hasMore || found.records.length > MOST_RECORDS) throw new Refusal("erasure-too-large");
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "erase");
    const records = found.records.map((one, place) => ({
      ...{ place, handle: one.handle },
      ...{ sourceId: one.table.source.id, tableId: one.table.id },
    }));
    const { reference, reason } = input;
    const [started] = await tx
      .insert(erasures)
      .values({ reference, reason, records: records.length, startedBy: ctx.actor.personId })
      .returning({ id: erasures.id, number: erasures.number });
    if (!started) throw new Error("The erasure was not stored.");
    await tx.insert(erasureRecords).values(records.map((one) => ({ ...one, erasureId: started.id })));
    await refuseHeld(tx, started.id);
    const refs = await holdRefs(tx, found.records);
    await refuseInvolved(tx, { erasureId: started.id, refs, people: [ctx.actor.personId] });
    const event: AuditEvent = {
      code: "erasure.started",
      resource: { ...aboutTable(table), records: refs, recordCount: records.length },
      ...{ reason, ticket: reference },
      details: { erasure: started.number, withRelated: input.related },
    };
    return { result: { number: started.number, records: records.length }, event };
  });
}

/** The references of records of several tables, table by table and always in the same order. */
async function holdRefs(
  tx: WriteTransaction,
  records: readonly Pick<RelatedRecord, "table" | "handle">[],
): Promise<SubjectRef[]> {
  const refs: SubjectRef[] = [];
  for (const tableId of [...new Set(records.map(({ table }) => table.id))].toSorted()) {
    const its = records.filter(({ table }) => table.id === tableId);
    const sourceId = its[0]?.table.source.id;
    if (sourceId === undefined) continue;
    const handles = its.map(({ handle }) => handle);
    refs.push(...(await holdSubjects(tx, { sourceId, tableId }, handles)));
  }
  return refs;
}

function aboutTable(table: CatalogTable) {
  return {
    sourceId: table.source.id,
    source: table.source.name,
    tableId: table.id,
    table: `${table.schema}.${table.name}`,
  };
}
