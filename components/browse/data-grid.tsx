import { createElement, type ReactElement, type ReactNode } from "react";
import { RevealCell } from "@/components/reveals/reveal-cell";
import type { GridColumn, GridRow, GridView } from "@/lib/browse/view";
import type { CellMark, CellMarks } from "./cell-marks";
import { ColumnHead, PlainHead } from "./column-head";

interface Props {
  grid: GridView;
  marks?: CellMarks;
  /** Tells one page of rows from another: a new one begins without a selection and at its top. */
  pageKey?: string;
  /** The rows of a table, to work with, or a few rows beside something else. */
  kind?: "table" | "related";
}

/**
 * The rows of a table. A cell is one element with at most two attributes, made without JSX: at a thousand cells a
 * page this is where the time goes. All that is interactive listens on the table (`GridTools`).
 */
export function DataGrid({ grid, marks, pageKey, kind = "table" }: Props) {
  if (kind === "related") {
    return (
      <div role="region" aria-label={`Related records of ${grid.label}`} className="table-scroll grid-rows">
        <table aria-label={grid.label} className="data data-values" data-sticky="1">
          <thead>
            <tr>
              {grid.columns.map((column) => (
                <PlainHead key={column.id} column={column} />
              ))}
            </tr>
          </thead>
          {rowsOf(grid, undefined, false)}
        </table>
      </div>
    );
  }
  return (
    <div
      role="region"
      aria-label={`Records of ${grid.label}`}
      className="table-scroll grid-rows min-h-0 flex-1"
    >
      <table
        id="grid"
        role="grid"
        aria-multiselectable
        aria-label={grid.label}
        className="data data-values"
        data-sticky="2"
      >
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                className="check"
                aria-label="Select all records of this page"
                data-all
              />
            </th>
            {grid.columns.map((column, index) => (
              <ColumnHead key={column.id} column={column} index={index} />
            ))}
          </tr>
        </thead>
        {rowsOf(grid, marks, true, pageKey)}
      </table>
    </div>
  );
}

/** Keyed by page, so that a browser keeps no box checked and no cell marked from the page before. */
function rowsOf(grid: GridView, marks: CellMarks | undefined, hasBoxes: boolean, pageKey = ""): ReactElement {
  const rows = grid.rows.map((row, index) => {
    const ofRecord = row.handle === null ? undefined : marks?.get(row.handle);
    const cells = cellsOf(grid, row, index, ofRecord);
    return hasBoxes
      ? createElement(
          "tr",
          row.handle === null ? null : { "data-r": row.handle },
          boxOf(row, index),
          ...cells,
        )
      : createElement("tr", null, ...cells);
  });
  return createElement("tbody", { key: pageKey }, ...rows);
}

function boxOf({ handle }: GridRow, index: number): ReactElement {
  if (handle === null) return createElement("td");
  const label = `Select record ${index + 1}`;
  return createElement(
    "td",
    null,
    createElement("input", { type: "checkbox", className: "check", "aria-label": label }),
  );
}

function cellsOf(
  grid: GridView,
  row: GridRow,
  index: number,
  marks: ReadonlyMap<string, CellMark> | undefined,
): ReactNode[] {
  return row.cells.map((text, at) => {
    const column = grid.columns[at];
    if (column === undefined) return null;
    const mark = marks?.get(column.id);
    if (mark !== undefined && row.handle !== null) return markedCell(column, row.handle, text, mark);
    return at === 0 ? rowHead(grid, column, row, index) : cell(column, text);
  });
}

const noValue = { "data-empty": "null" };
const emptyText = { "data-empty": "text" };
const atEnd = { "data-align": "end" };
const masked = { "data-veil": "masked" };
const maskedAtEnd = { "data-veil": "masked", "data-align": "end" };
const maskedNothing = { "data-veil": "masked", "data-empty": "null" };
const hidden = createElement("td", { "data-veil": "hidden" });

function cell(column: GridColumn, text: string | null): ReactElement {
  if (column.look === "hidden") return hidden;
  if (column.look === "masked") {
    if (text === null) return createElement("td", maskedNothing);
    return createElement("td", column.isNumber ? maskedAtEnd : masked, text);
  }
  if (text === null) return createElement("td", noValue);
  return text === ""
    ? createElement("td", emptyText)
    : createElement("td", column.isNumber ? atEnd : null, text);
}

/** The first cell names the row and leads to its record. */
function rowHead({ recordBase }: GridView, column: GridColumn, row: GridRow, index: number): ReactElement {
  const text = row.cells[0] ?? "";
  const veil: Record<string, string> = column.look === "clear" ? {} : { "data-veil": column.look };
  if (column.isNumber) veil["data-align"] = "end";
  if (row.handle === null) return createElement("th", { scope: "row", ...veil }, text);
  const link: Record<string, string> = { href: recordBase + row.handle, "data-soft": "" };
  if (column.look !== "clear" || text === "") link["aria-label"] = `Open record ${index + 1}`;
  return createElement(
    "th",
    { scope: "row", ...veil },
    createElement("a", link, text === "" ? "open" : text),
  );
}

function markedCell(column: GridColumn, record: string, text: string | null, mark: CellMark): ReactElement {
  if (mark.state === "asked") return createElement("td", { "data-veil": "asked" }, text);
  const { grantId } = mark;
  return (
    <RevealCell grantId={grantId} record={record} columnId={column.id}>
      {text}
    </RevealCell>
  );
}
