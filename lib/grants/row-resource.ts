import type { EventResource } from "@/lib/audit/event";

/** What a row of a grant or a request says of what it is about; `records` counts them. */
export type ResourceRow = {
  source_id: string;
  source: string;
  table_id: string;
  table: string;
  fields: readonly { column: string; classId: string }[];
  records: number;
};

/** What the log says that a grant or a request was about, where it ends by itself or with something else. */
export function rowResource(row: ResourceRow): EventResource {
  return {
    sourceId: row.source_id,
    source: row.source,
    tableId: row.table_id,
    table: row.table,
    recordCount: row.records,
    fields: row.fields.map((field) => field.column),
    classes: [...new Set(row.fields.map((field) => field.classId))],
  };
}
