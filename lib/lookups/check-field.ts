import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { openSource } from "@/lib/catalog/open-source";
import { tableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileNamed, fromTable } from "@/lib/catalog/read-from";
import { parseHandle } from "@/lib/catalog/record-handle";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { env } from "@/lib/env";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import { idInput } from "@/lib/id-input";
import { aboutAsked, answered } from "@/lib/lookups/asked";
import { compileEquals } from "@/lib/lookups/equals";
import { hashTerm } from "@/lib/lookups/hash-term";
import { checkColumn, type Usable } from "@/lib/lookups/lookup-columns";
import { termComplaint } from "@/lib/lookups/normal-form";
import { countTry } from "@/lib/auth/try-budget";
import type { Checked } from "@/lib/lookups/view";
import { maskKeyring } from "@/lib/masking/keys";
import { SqlSink } from "@/lib/masking/sql";
import { Refusal } from "@/lib/refusal";
import { runSelect } from "@/lib/source/run-select";

export const checkSchema = z.object({
  tableId: idInput(),
  record: z.string().max(4096),
  columnId: idInput("Choose a field."),
  said: z.string().trim().min(1, "Write what was said.").max(200, "This is too long."),
});

const daySeconds = 86_400;
const perField = { most: 3, windowSeconds: daySeconds, refusal: "checks-spent" } as const;
/** Of all people together: else a team would have three guesses each. */
const perFieldOfAll = { most: 9, windowSeconds: daySeconds, refusal: "checks-spent" } as const;
const perPerson = { most: 60, windowSeconds: 3_600, refusal: "checks-spent" } as const;
const checkTimeoutMs = 5_000;
const codes = { answered: "field_check.answered", failed: "field_check.failed" } as const;

/**
 * Compares a masked field with what somebody said, without showing it: match or no match, in equal time, three tries a
 * day, each on record before the source is asked. A field that is empty matches nothing.
 */
export async function checkField(ctx: Context, wanted: z.infer<typeof checkSchema>): Promise<Checked> {
  const table = await readTable(ctx, { tableId: wanted.tableId });
  const used = checkColumn(table, wanted.columnId);
  const complaint = termComplaint(wanted.said, used.form);
  if (complaint !== null) throw new Refusal("bad-input", { said: complaint });
  if (parseHandle(wanted.record) === null) throw new Refusal("record-gone");
  const of = { table, column: used.column, record: wanted.record };
  const { left } = await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
    const field = [table.id, wanted.record, used.column.id];
    await countTry(tx, ["checks of person", ctx.actor.personId], perPerson);
    await countTry(tx, ["checks of field", ...field], perFieldOfAll);
    const result = await countTry(tx, ["checks of field by person", ctx.actor.personId, ...field], perField);
    const details = { term: hashTerm(table.source.id, wanted.said) };
    return { result, event: { ...(await aboutAsked(tx, of)), code: "field_check.asked", details } };
  });
  return answered(ctx, of, codes, async () => {
    const matches = await compare(ctx, table, used, wanted);
    return { result: { matches, triesLeft: left }, details: { matches } };
  });
}

async function compare(
  ctx: Context,
  table: CatalogTable,
  used: Usable,
  { record, said }: z.infer<typeof checkSchema>,
): Promise<boolean> {
  const named = tableHandle(table, maskKeyring(env().rootKey, table.source));
  const key = parseHandle(record);
  if (named === null || key === null) throw new Refusal("record-gone");
  const sink = new SqlSink();
  const match = compileNamed(table, named, [key], sink);
  const seen = [...new Set([...columnsRead(table), used.column])];
  const statement = sink.statement(`
    SELECT coalesce(${compileEquals(table, used, said, sink)}, FALSE)
    FROM ${fromTable(table)} WHERE ${compileAsSeen(table, seen, sink)} AND ${match} LIMIT 1`);
  const pool = await openSource(ctx.db, table.source);
  const [row] = await runSelect(pool, statement, { timeoutMs: checkTimeoutMs });
  if (row === undefined) throw new Refusal("record-gone");
  return row[0] === "t";
}
