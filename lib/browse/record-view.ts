import { recordPath, tablePath } from "@/lib/browse/addresses";
import { columnView } from "@/lib/browse/column-view";
import { readableInFull } from "@/lib/browse/readable";
import { relationsOf } from "@/lib/browse/related";
import type { RecordField, RecordGroup, RecordView, RelationTab } from "@/lib/browse/view";
import type { ClassGroup } from "@/lib/catalog/classes";
import { parseHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable } from "@/lib/catalog/table";

const groups: readonly (readonly [title: string, members: readonly ClassGroup[]])[] = [
  ["Identity", ["identity"]],
  ["Contact", ["contact"]],
  ["Money", ["money"]],
  ["Health", ["health"]],
  ["Access", ["access"]],
  ["Other", ["other"]],
];

/** A record as its page shows it: all fields in groups, and the relations that lead on from it. */
export function recordView(
  table: CatalogTable,
  handle: string,
  cells: readonly (string | null)[],
  hrefs: ReadonlyMap<string, string>,
): RecordView {
  const fields = table.columns.map((column, index): RecordField => {
    const text = cells[index] ?? null;
    const isClear = column.shown.mask.method === "clear";
    return {
      column: columnView(column),
      isKey: table.keyColumns.includes(column.name),
      text: text !== null && isClear ? readableInFull(text, column.type.category) : text,
      href: hrefs.get(column.name) ?? null,
    };
  });
  return {
    tableId: table.id,
    handle,
    path: recordPath(table, handle),
    tablePath: tablePath(table),
    tableName: table.name,
    source: { name: table.source.name, slug: table.source.slug },
    label: recordWords(handle),
    groups: groupsOf(fields),
    relations: relationsOf(table).map((relation): RelationTab => ({
      id: relation.id,
      label: relation.link.other.name,
      note:
        relation.direction === "to"
          ? `by ${relation.link.columns.join(", ")}`
          : `refers here by ${relation.link.otherColumns.join(", ")}`,
    })),
  };
}

/** The key first, wherever its class would put it. */
function groupsOf(fields: readonly RecordField[]): RecordGroup[] {
  const key = fields.filter(({ isKey }) => isKey);
  const rest = fields.filter(({ isKey }) => !isKey);
  return [
    { title: "Key", fields: key },
    ...groups.map(([title, members]) => ({
      title,
      fields: rest.filter(({ column }) => members.includes(column.group)),
    })),
  ].filter((group) => group.fields.length > 0);
}

const longestWords = 60;

/** A record in words: the text of its clear key, or the start of its token. */
export function recordWords(handle: string): string {
  const key = parseHandle(handle);
  if (key === null) return "";
  const words = key.kind === "values" ? key.values.join(" · ") : key.token.slice(0, 10);
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}
