import type { GridColumn, GridRow } from "@/lib/browse/view";

/** A cell of the table as it is drawn: one element, its attributes, its text, and the link that the first one is. */
export type GridCell = {
  readonly tag: "td" | "th";
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly link?: Readonly<Record<string, string>>;
};

/** A cell that nothing opens at the moment. */
export function gridCell(column: GridColumn, text: string | null, isAsked: boolean): GridCell {
  if (isAsked) return { tag: "td", attributes: asked, text: text ?? "" };
  if (column.look === "hidden") return hidden;
  if (column.look === "masked") {
    if (text === null) return maskedNothing;
    return { tag: "td", attributes: column.isNumber ? maskedAtEnd : masked, text };
  }
  if (text === null) return nothing;
  return text === "" ? emptyText : { tag: "td", attributes: column.isNumber ? atEnd : plain, text };
}

/** The first cell: it names the row and leads to its record. */
export function rowHead(
  recordBase: string,
  column: GridColumn,
  row: GridRow,
  index: number,
  inGrid: boolean,
): GridCell {
  const text = row.cells[0] ?? "";
  const attributes: Record<string, string> = { scope: "row" };
  if (column.look !== "clear") attributes["data-veil"] = column.look;
  if (column.isNumber) attributes["data-align"] = "end";
  if (row.handle === null) return { tag: "th", attributes, text };
  const link: Record<string, string> = { href: recordBase + row.handle, "data-soft": "" };
  // Arrow keys lead through a grid; a table beside something else has its links in the order of the Tab key.
  if (inGrid) link["tabIndex"] = "-1";
  if (column.look !== "clear" || text === "") link["aria-label"] = `Open record ${index + 1}`;
  return { tag: "th", attributes, text: text === "" ? "open" : text, link };
}

/** The name of the box that selects a record. */
export const boxLabel = (index: number) => `Select record ${index + 1}`;

// One object for all cells alike: `cellHtml` writes the attributes of each once.
const plain = {};
const atEnd = { "data-align": "end" };
const masked = { "data-veil": "masked" };
const maskedAtEnd = { "data-veil": "masked", "data-align": "end" };
const asked = { "data-veil": "asked" };
const hidden: GridCell = { tag: "td", attributes: { "data-veil": "hidden" }, text: "" };
const maskedNothing: GridCell = {
  tag: "td",
  attributes: { "data-veil": "masked", "data-empty": "null" },
  text: "",
};
const nothing: GridCell = { tag: "td", attributes: { "data-empty": "null" }, text: "" };
const emptyText: GridCell = { tag: "td", attributes: { "data-empty": "text" }, text: "" };
