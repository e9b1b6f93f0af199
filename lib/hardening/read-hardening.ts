import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { env } from "@/lib/env";
import { compileHardening, type Hardening, type KeysShown } from "@/lib/hardening/script";
import { maskKeyring } from "@/lib/masking/keys";
import { Refusal } from "@/lib/refusal";

/** What a source must hold by the catalogue of now, and the SQL that makes it so. */
export async function readHardening(
  db: Context["db"],
  sourceId: string,
  shown: KeysShown,
): Promise<Hardening> {
  const [source] = await db
    .select({ id: sources.id, keyVersion: sources.keyVersion })
    .from(sources)
    .where(and(eq(sources.id, sourceId), isNull(sources.removedAt)));
  if (!source) throw new Refusal("not-found");
  const tables = await tablesOf(db, sourceId);
  return compileHardening(source, tables, maskKeyring(env().rootKey, source), shown);
}

async function tablesOf(db: ReadDatabase, sourceId: string): Promise<CatalogTable[]> {
  const named = await db
    .select({ id: catalogTables.id })
    .from(catalogTables)
    .where(and(eq(catalogTables.sourceId, sourceId), isNull(catalogTables.goneAt)))
    .orderBy(asc(catalogTables.schema), asc(catalogTables.name));
  const found: CatalogTable[] = [];
  for (const { id } of named) {
    const table = await findTable(db, { tableId: id });
    if (table !== null) found.push(table);
  }
  return found;
}
