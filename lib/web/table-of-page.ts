import "server-only";
import { notFound } from "next/navigation";
import type { Context } from "@/lib/auth/context";
import { readTable, type ReadFor } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { Refusal } from "@/lib/refusal";

/** The names in the address of a page about a table, encoded as Next.js hands them to pages. */
export type TableParams = Promise<{ source: string; schema: string; table: string }>;

/** The table that the address of a page names; where there is none that may be seen, the page is not found. */
export async function tableOfPage(
  ctx: Context,
  params: TableParams,
  readFor: ReadFor = "browse",
): Promise<CatalogTable> {
  const { source, schema, table } = await params;
  const [named, within, called] = [source, schema, table].map(decodeURIComponent) as [string, string, string];
  try {
    return await readTable(ctx, { source: named, schema: within, table: called }, readFor);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}
