import "server-only";
import type { Sql } from "postgres";
import type { Mask } from "@/lib/masking/mask";
import { quoteIdentifier } from "@/lib/masking/sql";
import { otherValue, type WorldColumn } from "./other-value";

export type MaskedColumn = { schema: string; table: string; column: string; mask: Mask };

/**
 * Changes the values of a source in place, in all that its masks hide and in nothing that they show: NULL and
 * length where the method promises to hide them, else the hidden middle. Two sources made so must look the same
 * everywhere (law 5). Gives the columns it had to leave: keys, references, generated columns, views, what is clear
 * or a pseudonym, and methods it cannot follow on the type.
 */
export async function makeOtherWorld(sql: Sql, masks: readonly MaskedColumn[]): Promise<MaskedColumn[]> {
  const found = await factsOf(sql, masks);
  const tables = new Map<string, Change[]>();
  const done = new Set<string>();
  for (const { schema, table, column, ...facts } of found) {
    const name = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
    const columns = tables.get(name) ?? [];
    const other = otherValue(facts, `"old ${columns.length}"`, `"next ${columns.length}"`);
    if (!other) continue;
    done.add(JSON.stringify([schema, table, column]));
    tables.set(name, [...columns, { column: quoteIdentifier(column), other }]);
  }
  for (const [table, columns] of tables) {
    await ((await hasKey(sql, table))
      ? sql.unsafe(rewrite(table, columns))
      : rewriteInOrder(sql, table, columns));
    // The old versions of the rows would go into the estimate of how many there are.
    await sql.unsafe(`VACUUM (ANALYZE) ${table}`);
  }
  return masks.filter(({ schema, table, column }) => !done.has(JSON.stringify([schema, table, column])));
}

type Change = { column: string; other: string };

/** `n` counts the rows as they lie; `next` is the value of a neighbour, which is of the right kind and somebody else's. */
function worldOf(table: string, columns: readonly Change[]): string {
  const olds = columns.map(
    ({ column }, at) => `${column} AS "old ${at}", lag(${column}) OVER lie AS "next ${at}"`,
  );
  return `SELECT *, ctid AS "here", tableoid AS "part", row_number() OVER lie AS n, ${olds.join(", ")}
    FROM ${table} WINDOW lie AS (ORDER BY tableoid, ctid)`;
}

function rewrite(table: string, columns: readonly Change[]): string {
  const values = columns.map(({ other }, at) => `${other} AS "new ${at}"`).join(", ");
  return `
    UPDATE ${table} AS t SET ${columns.map(({ column }, at) => `${column} = o."new ${at}"`).join(", ")}
    FROM (SELECT "here", "part", ${values} FROM (${worldOf(table, columns)}) AS w) AS o
    WHERE t.ctid = o."here" AND t.tableoid = o."part"`;
}

/** Without a key a page shows the rows as they lie, and an update lays them elsewhere: only a rewrite by an index puts them back. */
async function rewriteInOrder(sql: Sql, table: string, columns: readonly Change[]): Promise<void> {
  const place = { column: '"place of row"', other: "n" };
  await sql.unsafe(`ALTER TABLE ${table} ADD COLUMN ${place.column} bigint`);
  await sql.unsafe(rewrite(table, [...columns, place]));
  await sql.unsafe(`CREATE INDEX "order of rows" ON ${table} (${place.column})`);
  await sql.unsafe(`CLUSTER ${table} USING "order of rows"`);
  await sql.unsafe(`ALTER TABLE ${table} DROP COLUMN ${place.column}`);
}

async function hasKey(sql: Sql, table: string): Promise<boolean> {
  const [found] = await sql`SELECT FROM pg_index WHERE indrelid = ${table}::regclass AND indisunique LIMIT 1`;
  return found !== undefined;
}

type Found = WorldColumn & { schema: string; table: string; column: string };

async function factsOf(sql: Sql, masks: readonly MaskedColumn[]): Promise<Found[]> {
  const rows = await sql<(Omit<Found, "mask"> & { place: number })[]>`
    SELECT wanted.place::int, n.nspname AS schema, c.relname AS table, a.attname AS column,
      base.typcategory AS category, base.typname AS type, own.typtype = 'd' AS "isDomain", NOT a.attnotnull AS "isNullable",
      CASE WHEN base.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END AS limit,
      EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS "isUnique"
    FROM unnest(${masks.map((mask) => mask.schema)}::text[], ${masks.map((mask) => mask.table)}::text[],
      ${masks.map((mask) => mask.column)}::text[]) WITH ORDINALITY AS wanted (s, t, c, place)
    JOIN pg_namespace n ON n.nspname = wanted.s
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.t AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = wanted.c AND a.attgenerated = ''
    JOIN pg_type own ON own.oid = a.atttypid
    JOIN pg_type base ON base.oid = CASE own.typtype WHEN 'd' THEN own.typbasetype ELSE own.oid END
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f'
      AND ((k.conrelid = c.oid AND a.attnum = ANY (k.conkey)) OR (k.confrelid = c.oid AND a.attnum = ANY (k.confkey))))
    ORDER BY wanted.place`;
  return rows.flatMap(({ place, ...facts }) => {
    const mask = masks[place - 1]?.mask;
    return mask ? [{ ...facts, mask }] : [];
  });
}
