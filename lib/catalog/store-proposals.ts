import "server-only";
import { sql } from "drizzle-orm";
import { readClasses } from "@/lib/catalog/read-classes";
import type { SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import type { WriteTransaction } from "@/lib/db/control-database";
import { proposer, type SchemaRates } from "@/lib/discovery/discover";

/**
 * Stores what is proposed for the columns of some tables, now that values were asked for. A column that has changed since
 * is not touched. Returns how many proposals say something else now.
 */
export async function storeProposals(
  tx: WriteTransaction,
  sourceId: string,
  schema: SourceSchema,
  rates: SchemaRates,
  which: (table: SourceTable) => boolean,
): Promise<number> {
  const propose = proposer(schema, rates, await readClasses(tx));
  const proposals = schema.tables.filter(which).flatMap((table) =>
    table.columns.map((column) => {
      const { classId, confidence, why } = propose(table, column);
      const { name, ordinal, fingerprint } = column;
      return {
        ...{ in_schema: table.schema, in_table: table.table, name, ordinal, type_name: fingerprint },
        ...{ class: classId, confidence, why },
      };
    }),
  );
  const rows = await tx.execute(sql`
    UPDATE catalog_columns c SET proposed_class = f.class, proposed_confidence = f.confidence, proposed_why = f.why
    FROM jsonb_to_recordset(${JSON.stringify(proposals)}::jsonb) AS f(in_schema text, in_table text, name text,
      ordinal integer, type_name text, class text, confidence real, why text)
    JOIN catalog_tables t ON t.source_id = ${sourceId} AND t.schema = f.in_schema AND t.name = f.in_table
    WHERE c.table_id = t.id AND c.name = f.name AND c.gone_at IS NULL
      AND (c.ordinal, c.type_name) IS NOT DISTINCT FROM (f.ordinal, f.type_name)
      AND (c.proposed_class, c.proposed_confidence, c.proposed_why) IS DISTINCT FROM (f.class, f.confidence, f.why)
    RETURNING c.id`);
  return rows.length;
}
