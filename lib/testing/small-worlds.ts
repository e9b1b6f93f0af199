import "server-only";
import type postgres from "postgres";
import { builtInClasses } from "@/lib/catalog/classes";
import { chosenFor } from "@/lib/catalog/review";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";
import { asAdmin } from "@/scripts/databases";
import { demoSource, type TestDatabase } from "./database";
import { makeOtherWorld, type MaskedColumn } from "./two-worlds";

export type Side = "here" | "there";

/** Two small demo sources that differ only in what the masks of these tables hide. */
export async function smallWorlds(tables: readonly CatalogTable[]): Promise<Record<Side, TestDatabase>> {
  const masks = tables.flatMap(({ schema, name: table, columns }) =>
    columns.map((column) => ({ schema, table, column: column.name, mask: widestMask(column) })),
  );
  const pair = { here: await demoSource(), there: await demoSource() };
  await Promise.all([cutDown(pair.here), cutDown(pair.there)]);
  await makeThere(pair.there, masks);
  await Promise.all([packRows(pair.here), packRows(pair.there)]);
  return pair;
}

async function makeThere({ ownerUrl }: TestDatabase, masks: readonly MaskedColumn[]): Promise<void> {
  await asAdmin(ownerUrl, async (sql) => {
    // In memory, or a join would put the rows in another order.
    await sql`SET work_mem = '256MB'`;
    await makeOtherWorld(sql, masks);
  });
}

/** What shows most of a column: its mask, or the one that a steward who reviews it sees samples of. */
function widestMask(column: CatalogColumn): Mask {
  const { mask } = column.shown.why === "confirmed" ? column.shown : chosenFor(column, builtInClasses);
  const isSampled = mask !== null && mask.method !== "clear";
  return column.shown.why === "confirmed" || isSampled ? mask! : column.shown.mask;
}

/**
 * Leaves the first customers and what hangs on them: statistics are then made of all rows. Each row lies alone on its
 * page: where it lies is else a matter of how wide others are, and the sealed places in addresses would differ.
 */
async function cutDown({ superuserUrl }: TestDatabase): Promise<void> {
  await asAdmin(superuserUrl, async (sql) => {
    await sql`SET session_replication_role = replica`;
    await sql`DELETE FROM public.customers WHERE id > 100`;
    await sql`DELETE FROM hr.payroll WHERE employee_id > 60`;
    const links = await sql<Link[]>`
      SELECT k.conrelid::regclass::text AS child, k.confrelid::regclass::text AS parent,
        quote_ident(own.attname) AS own, quote_ident(other.attname) AS other
      FROM pg_constraint k
      JOIN pg_attribute own ON own.attrelid = k.conrelid AND own.attnum = k.conkey[1]
      JOIN pg_attribute other ON other.attrelid = k.confrelid AND other.attnum = k.confkey[1]
      WHERE k.contype = 'f' AND k.conparentid = 0 AND cardinality(k.conkey) = 1`;
    for (let orphans = 1; orphans > 0;) {
      orphans = 0;
      for (const { child, parent, own, other } of links) {
        const { count } = await sql.unsafe(`DELETE FROM ${child} AS c WHERE c.${own} IS NOT NULL
          AND NOT EXISTS (SELECT FROM ${parent} AS p WHERE p.${other} = c.${own})`);
        orphans += count;
      }
    }
    for (const { name } of await tablesIn(sql)) {
      await sql.unsafe(`ALTER TABLE ${name} ADD COLUMN "filling" text STORAGE PLAIN;
        UPDATE ${name} SET "filling" = repeat(' ', 4200)`);
      await sql.unsafe(`VACUUM (FULL) ${name}`);
    }
  });
}

type Link = { child: string; parent: string; own: string; other: string };

/** Rows lie in the order of their keys in both worlds, and without dead ones the estimate of how many there are is exact. */
async function packRows({ superuserUrl }: TestDatabase): Promise<void> {
  await asAdmin(superuserUrl, async (sql) => {
    const keys = await sql<{ name: string; key: string }[]>`
      SELECT c.oid::regclass::text AS name, k.indexrelid::regclass::text AS key
      FROM pg_class c JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
      WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text IN ('public', 'care', 'hr')`;
    for (const { name, key } of keys) await sql.unsafe(`CLUSTER ${name} USING ${key.split(".").at(-1)}`);
    for (const { name } of await tablesIn(sql)) {
      await sql.unsafe(`VACUUM (FULL, ANALYZE) ${name}`);
      await sql.unsafe(`ALTER TABLE ${name} DROP COLUMN "filling"`);
    }
  });
}

async function tablesIn(sql: postgres.Sql): Promise<{ name: string }[]> {
  return sql<{ name: string }[]>`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text IN ('public', 'care', 'hr')
    ORDER BY 1`;
}
