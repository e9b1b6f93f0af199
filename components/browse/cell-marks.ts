import type { LiveGrant } from "@/lib/grants/view";

/** What a request or a grant makes of a cell. */
export type CellMark = { readonly state: "asked" } | { readonly state: "granted"; readonly grantId: string };

/** Marks by record and column, for the few cells that have one. */
export type CellMarks = ReadonlyMap<string, ReadonlyMap<string, CellMark>>;

type Pending = { readonly records: readonly string[]; readonly columnIds: readonly string[] };

const asked: CellMark = { state: "asked" };

/** The marks of a page; what a grant opens is no longer only asked for, and of two grants the later one opens it. */
export function cellMarks(pending: readonly Pending[], grants: readonly LiveGrant[]): CellMarks {
  const marks = new Map<string, Map<string, CellMark>>();
  const put = (record: string, columnId: string, mark: CellMark) => {
    const ofRecord = marks.get(record) ?? new Map<string, CellMark>();
    marks.set(record, ofRecord.set(columnId, mark));
  };
  for (const { records, columnIds } of pending) {
    for (const record of records) for (const columnId of columnIds) put(record, columnId, asked);
  }
  for (const { id, records, fields } of grants) {
    for (const record of records)
      for (const { columnId } of fields) put(record, columnId, { state: "granted", grantId: id });
  }
  return marks;
}
