import "server-only";
import fc from "fast-check";
import type { ColumnType } from "@/lib/catalog/column-type";
import { compileMask } from "@/lib/masking/compile";
import { maskKeys, type MaskKeys } from "@/lib/masking/keys";
import type { Mask } from "@/lib/masking/mask";
import { quoteIdentifier, rowAlias, SqlSink } from "@/lib/masking/sql";
import { parseSourceUrl } from "@/lib/source/connection";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";

export const textType: ColumnType = builtInType("text", "text");
export const testRootKey = Buffer.alloc(32, 7);
export const testOwner = { id: "source", keyVersion: 1 };
export const testKeys = maskKeys(testRootKey, testOwner, "email");

/** A type of pg_catalog. */
export function builtInType(name: string, category: ColumnType["category"]): ColumnType {
  return { name, category, base: { schema: "pg_catalog", name } };
}

/** Two connections as Glimpse makes them to the source at a URL. */
export function testPool(url: string): SourcePool {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  return openPool(parsed.parts, 2);
}

export type ShowOptions = { keys?: MaskKeys; type?: ColumnType };

/** How each value shows under a mask, all in one statement; the type's own name is the test's, not a user's. */
export async function showUnder(
  pool: SourcePool,
  values: readonly (string | null)[],
  mask: Mask,
  { keys = testKeys, type = textType }: ShowOptions = {},
): Promise<(string | null)[]> {
  const sink = new SqlSink();
  const shown = compileMask({ name: "v", type, keys }, mask, sink);
  const rows = `SELECT u.v::${type.base.name} AS v, u.o FROM jsonb_array_elements_text(${sink.bind(JSON.stringify(values), "text")}::jsonb) WITH ORDINALITY AS u(v, o)`;
  const statement = `SELECT ${shown} FROM (${rows} OFFSET 0) AS ${quoteIdentifier(rowAlias)} ORDER BY o`;
  const found = await runSelect(pool, sink.statement(statement), { timeoutMs: 20_000 });
  return found.map(([cell]) => cell ?? null);
}

const storable = fc.string({ unit: "binary", maxLength: 60 }).map((value) => value.replaceAll("\0", ""));
const digits = fc.stringMatching(/^\+?[0-9][0-9 ()./-]{0,24}$/u);
const address = fc.stringMatching(/^[a-zA-Z0-9._%+-]{1,20}@[a-zA-Z0-9-]{1,12}(\.[a-zA-Z0-9-]{1,6}){0,2}$/u);
const code = fc.stringMatching(/^[ -~\n0]{0,30}$/u);

/** Texts that a column may hold: any Unicode at all, and what looks like numbers, addresses and codes. */
export const anyTexts = fc.array(fc.oneof(storable, digits, address, code, fc.emailAddress()), {
  minLength: 1,
  maxLength: 120,
});
