import { createElement, type ReactElement, type ReactNode } from "react";
import { RevealCell } from "@/components/reveals/reveal-cell";
import type { GridColumn, GridRow, GridView } from "@/lib/browse/view";
import type { CellMark, CellMarks } from "./cell-marks";
import { ColumnHead } from "./column-head";

interface Props {
  grid: GridView;
  marks: CellMarks;
  /** Tells one page of rows from another: a new one begins without a selection and at its top. */
  pageKey: string;
}

/**
 * The rows of a table. A cell is one element with at most two attributes, made without JSX: at a thousand cells a
 * page this is where the time goes. All that is interactive listens on the table (`GridKeys`).
 */
export function DataGrid({ grid, marks, pageKey }: Props) {
  return (
    <div role="region" aria-label={`Records of ${grid.label}`} className="table-scroll min-h-0 flex-1">
      <table
        id="grid"
        role="grid"
        aria-multiselectable
        aria-label={grid.label}
        className="data data-values"
        data-sticky="2"
        data-page={pageKey}
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
        {createElement(
          "tbody",
          { key: pageKey },
          ...grid.rows.map((row, index) =>
            renderRow(grid, row, index, row.handle === null ? undefined : marks.get(row.handle)),
          ),
        )}
      </table>
    </div>
  );
}

function renderRow(
  grid: GridView,
  row: GridRow,
  index: number,
  marks: ReadonlyMap<string, CellMark> | undefined,
): ReactElement {
  const cells = row.cells.map((text, at) => {
    const column = grid.columns[at];
    if (column === undefined) return null;
    if (at === 0) return rowHead(grid, column, row, index);
    const mark = marks?.get(column.id);
    return mark === undefined ? cell(column, text) : markedCell(column, row.handle ?? "", text, mark);
  });
  const box =
    row.handle === null
      ? createElement("td")
      : createElement(
          "td",
          null,
          createElement("input", {
            type: "checkbox",
            className: "check",
            "aria-label": `Select record ${index + 1}`,
          }),
        );
  return createElement("tr", row.handle === null ? null : { "data-r": row.handle }, box, ...cells);
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
    return text === null
      ? createElement("td", maskedNothing)
      : createElement("td", column.isNumber ? maskedAtEnd : masked, text);
  }
  if (text === null) return createElement("td", noValue);
  return text === ""
    ? createElement("td", emptyText)
    : createElement("td", column.isNumber ? atEnd : null, text);
}

/** The first cell names the row and leads to its record. */
function rowHead({ recordBase }: GridView, column: GridColumn, row: GridRow, index: number): ReactNode {
  const text = row.cells[0] ?? "";
  const veil = column.look === "clear" ? {} : { "data-veil": column.look };
  if (row.handle === null) return createElement("th", { scope: "row", ...veil }, text);
  const label = column.look === "clear" && text !== "" ? {} : { "aria-label": `Open record ${index + 1}` };
  return createElement(
    "th",
    { scope: "row", ...veil },
    createElement(
      "a",
      { href: recordBase + row.handle, "data-soft": "", ...label },
      text === "" ? "open" : text,
    ),
  );
}

function markedCell(column: GridColumn, record: string, text: string | null, mark: CellMark): ReactElement {
  if (mark.state === "asked") return createElement("td", { "data-veil": "asked" }, text);
  return (
    <RevealCell key={column.id} grantId={mark.grantId} record={record} columnId={column.id}>
      {text}
    </RevealCell>
  );
}
