import { rowCount } from "./dataset";
import { row, timeSideBySide, type Row } from "./measure";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { compileProjection } from "@/lib/masking/compile";
import { maskKeyring } from "@/lib/masking/keys";
import { type Mask, maskFits, maskKinds } from "@/lib/masking/mask";
import { SqlSink } from "@/lib/masking/sql";
import { parseSourceUrl } from "@/lib/source/connection";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";

/** Each part of the table is a round of its own: every value is read once under each mask, and once plain. */
const part = 50_000;
const parts = rowCount / part;
const timeoutMs = 15_000;
const rootKey = Buffer.alloc(32, 7);

/** A value made of the measured table, and the kinds of masks that are timed over it. */
type Timed = { sql: string; type: ColumnType; kinds: RegExp };

const timed = (
  sql: string,
  name: string,
  category: TypeCategory,
  kinds: RegExp,
  element?: ColumnType,
): Timed => ({
  sql,
  type: { name, category, base: { schema: "pg_catalog", name }, ...(element && { element }) },
  kinds,
});

const text: ColumnType = { name: "text", category: "text", base: { schema: "pg_catalog", name: "text" } };
const letter =
  "'Dear ' || given_name || ', call ' || phone || ' or write to ' || email || ' about the order'";

/** Each kind of mask over values that have its shape: what has not is told by the guard alone, and soon. */
const values: readonly Timed[] = [
  timed("email", "text", "text", /^(partial email|pseudonym (email|username)|size|partial (first|last))$/u),
  timed("phone", "text", "text", /^(partial phone|pseudonym digits)$/u),
  timed("card_number", "text", "text", /^(partial card|pseudonym card)$/u),
  timed("iban", "text", "text", /^(partial iban|pseudonym iban)$/u),
  timed("account_ref", "text", "text", /^(partial ends|pseudonym code|pseudonym)$/u),
  timed("given_name || ' ' || family_name", "text", "text", /^(partial initials|pseudonym full_name)$/u),
  timed("given_name", "text", "text", /^pseudonym (given_name|family_name|city|address)$/u),
  timed(letter, "text", "text", /^text /u),
  timed("lpad((visits * 97 % 100000)::text, 5, '0')", "text", "text", /^generalise zip3$/u),
  timed("birth_date", "date", "date", /^(generalise (year|month|decade|age)|shift)$/u),
  timed("income", "numeric", "number", /^(generalise (bucket|round)|noise)$/u),
  timed("'10.0.0.0'::inet + visits", "inet", "inet", /^generalise network$/u),
  timed("point(visits / 10.0, 50)", "point", "geometry", /^generalise place$/u),
  timed("md5(email)::uuid", "uuid", "uuid", /^pseudonym uuid$/u),
  timed("jsonb_build_object('mail', email, 'visits', visits)", "jsonb", "json", /^document$/u),
  timed("ARRAY[email, email]", "_text", "array", /^elements$/u, text),
  timed("daterange(birth_date, NULL)", "daterange", "range", /^bounds$/u),
];

/** What one value costs under every kind of mask, against the same value as plain text, over a million values. */
export async function measureMasks(readerUrl: string): Promise<Row[]> {
  const parsed = parseSourceUrl(readerUrl);
  if (!parsed.ok) throw new Error(parsed.words);
  const pool = openPool(parsed.parts, 1);
  const rows: Row[] = [];
  try {
    for (const kind of maskKinds) {
      const over = values.find(({ kinds }) => kinds.test(kind.id));
      const mask = over && maskOver(kind.id, over.type);
      if (over === undefined || mask === undefined) continue;
      const times = await timeSideBySide(
        { masked: reader(pool, over, mask), plain: reader(pool, over, { method: "clear" }) },
        { rounds: parts, warmUp: 1 },
      );
      const name = `mask.${kind.id.replaceAll(" ", "_")}.ns`;
      rows.push(row(name, "ns", perValue(times.masked), perValue(times.plain), parts));
    }
  } finally {
    await pool.end({ timeout: 5 });
  }
  return rows;
}

const perValue = (ms: number) => (ms * 1_000_000) / part;

const shift: Mask = { method: "shift", person: "id" };

function maskOver(id: string, type: ColumnType): Mask | undefined {
  const usual =
    id === "shift" ? [shift] : (maskKinds.find((kind) => kind.id === id)?.usual as readonly Mask[]);
  return usual.find((mask) => maskFits(type, mask));
}

/** Reads the next part of the table under a mask, from its first again after its last. */
function reader(pool: SourcePool, { sql, type }: Timed, mask: Mask): () => Promise<void> {
  let turn = 0;
  return async () => {
    const from = (turn++ % parts) * part + 1;
    const sink = new SqlSink();
    const keys = maskKeyring(rootKey, { id: "bench", keyVersion: 1 });
    const list = compileProjection([{ name: "v", type, mask, scope: "bench" }], keys, sink);
    const inner = `SELECT ${sql} AS v, id FROM records WHERE id BETWEEN ${from} AND ${from + part - 1} OFFSET 0`;
    const statement = `SELECT count("glimpse 0"), sum(length("glimpse 0")) FROM (SELECT ${list} FROM (${inner}) AS "glimpse row" OFFSET 0) AS masked`;
    const [found] = await runSelect(pool, sink.statement(statement), { timeoutMs });
    if (Number(found?.[0]) !== part) throw new Error(`${found?.[0]} of ${part} values were read.`);
  };
}
