import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { recordPath } from "@/lib/browse/addresses";
import { openSource } from "@/lib/catalog/open-source";
import { tableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileName, fromTable } from "@/lib/catalog/read-from";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { env } from "@/lib/env";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import { idInput } from "@/lib/id-input";
import { aboutAsked, answered } from "@/lib/lookups/asked";
import { compileEquals } from "@/lib/lookups/equals";
import { hashTerm } from "@/lib/lookups/hash-term";
import { lookupColumn, type Usable } from "@/lib/lookups/lookup-columns";
import { termComplaint } from "@/lib/lookups/normal-form";
import { countTry } from "@/lib/auth/try-budget";
import type { Found } from "@/lib/lookups/view";
import { maskKeyring } from "@/lib/masking/keys";
import { SqlSink } from "@/lib/masking/sql";
import { Refusal } from "@/lib/refusal";
import { runSelect } from "@/lib/source/run-select";

export const lookupSchema = z.object({
  tableId: idInput(),
  columnId: idInput("Choose what you know of the record."),
  term: z.string().trim().min(1, "Write what you know of the record.").max(200, "This is too long."),
});

const hourSeconds = 3_600;
const perPerson = { most: 30, windowSeconds: hourSeconds, refusal: "lookups-spent" } as const;
const perSource = { most: 600, windowSeconds: hourSeconds, refusal: "lookups-spent" } as const;
const lookupTimeoutMs = 5_000;
const codes = { answered: "lookup.answered", failed: "lookup.failed" } as const;

/**
 * Finds the one record whose masked value is exactly the term, but for how it is written. The term goes to the source
 * and nothing of the value comes back: the answer is none, one or many, in equal time, and on record before it is
 * given. Few lookups an hour, and only by what is hopeless to guess (law 5).
 */
export async function lookUp(ctx: Context, wanted: z.infer<typeof lookupSchema>): Promise<Found> {
  const table = await readTable(ctx, { tableId: wanted.tableId });
  const used = lookupColumn(table, wanted.columnId);
  const complaint = termComplaint(wanted.term, used.form);
  if (complaint !== null) throw new Refusal("bad-input", { term: complaint });
  const of = { table, column: used.column };
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
    await countTry(tx, ["lookups of person", ctx.actor.personId], perPerson);
    await countTry(tx, ["lookups in source", table.source.id], perSource);
    const details = { term: hashTerm(table.source.id, wanted.term) };
    return { result: undefined, event: { ...(await aboutAsked(tx, of)), code: "lookup.asked", details } };
  });
  return answered(ctx, of, codes, async () => {
    const [first, second] = await findHandles(ctx, table, used, wanted.term);
    if (first === undefined || second !== undefined) {
      const found = first === undefined ? "none" : "many";
      return { result: { found, href: null }, details: { found } };
    }
    const result: Found = { found: "one", href: first === null ? null : recordPath(table, first) };
    return { result, details: { found: "one" }, ...(first === null ? {} : { record: first }) };
  });
}

/**
 * The handles of the records whose value is the term, two at the most: a third tells nothing more. It neither counts nor
 * records, so it is for `lookUp` and for whoever measures it.
 */
export async function findHandles(
  ctx: Context,
  table: CatalogTable,
  used: Usable,
  term: string,
): Promise<(string | null)[]> {
  const handle = tableHandle(table, maskKeyring(env().rootKey, table.source));
  if (handle === null) throw new Refusal("no-stable-key");
  const sink = new SqlSink();
  const named = compileName(table, handle, sink);
  const seen = [...new Set([...columnsRead(table), used.column])];
  const statement = sink.statement(`
    SELECT ${named} FROM ${fromTable(table)}
    WHERE ${compileAsSeen(table, seen, sink)}
      AND ${compileEquals(table, used, term, sink)}
    LIMIT 2`);
  const pool = await openSource(ctx.db, table.source);
  const rows = await runSelect(pool, statement, { timeoutMs: lookupTimeoutMs });
  return rows.map(([text = null]) => text);
}
