import { createElement, type ReactElement } from "react";
import { RevealCell } from "@/components/reveals/on-demand";
import type { GridColumn, GridRow, GridView } from "@/lib/browse/view";
import type { CellMarks } from "./cell-marks";
import { boxLabel, gridCell, rowHead, type GridCell } from "./grid-cell";
import { GridHead, GridRows } from "./grid-rows";
import { rowsToText } from "./row-text";

interface Props {
  grid: GridView;
  marks?: CellMarks;
  /** Tells one page of rows from another: a new one begins without a selection and at its top. */
  pageKey?: string;
  /** The rows of a table, to work with, or a few rows beside something else. */
  kind?: "table" | "related";
}

/**
 * The rows of a table. A cell is one element with at most two attributes: at a thousand cells a page this is where
 * the time goes. All that is interactive listens on the table (`GridTools`).
 */
export function DataGrid({ grid, marks, pageKey, kind = "table" }: Props) {
  if (kind === "related") {
    return (
      <div role="region" aria-label={`Related records of ${grid.label}`} className="table-scroll grid-rows">
        <table aria-label={grid.label} className="data data-values" data-sticky="1">
          <GridHead columns={grid.columns} hasTools={false} />
          <Body grid={grid} marks={undefined} hasBoxes={false} />
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
        <GridHead columns={grid.columns} hasTools />
        {/* Keyed by page, so that a browser keeps no box checked and no cell marked from the page before. */}
        <Body key={pageKey} grid={grid} marks={marks} hasBoxes />
      </table>
    </div>
  );
}

type Bodied = { grid: GridView; marks: CellMarks | undefined; hasBoxes: boolean };

/** Rows in which a grant opens a cell are elements, for the cell lives; all others are one text. */
function Body(body: Bodied): ReactElement {
  const { grid, marks, hasBoxes } = body;
  if (grid.rows.some((row) => isAlive(marks, row)))
    return createElement("tbody", null, ...grid.rows.map((row, index) => livingRow(body, row, index)));
  return (
    <GridRows
      columns={grid.columns}
      text={rowsToText(grid.rows)}
      asked={askedIn(grid, marks)}
      recordBase={grid.recordBase}
      hasBoxes={hasBoxes}
    />
  );
}

function isAlive(marks: CellMarks | undefined, { handle }: GridRow): boolean {
  const ofRecord = handle === null ? undefined : marks?.get(handle);
  return [...(ofRecord?.values() ?? [])].some(({ state }) => state === "granted");
}

function askedIn({ rows, columns }: GridView, marks: CellMarks | undefined): Record<number, number[]> {
  const asked: Record<number, number[]> = {};
  for (const [index, { handle }] of rows.entries()) {
    const ofRecord = handle === null ? undefined : marks?.get(handle);
    if (ofRecord !== undefined)
      asked[index] = columns.flatMap(({ id }, at) => (ofRecord.has(id) ? [at] : []));
  }
  return asked;
}

function livingRow({ grid, marks, hasBoxes }: Bodied, row: GridRow, index: number): ReactElement {
  const { handle } = row;
  const ofRecord = handle === null ? undefined : marks?.get(handle);
  const cells = grid.columns.map((column, at) => {
    const mark = ofRecord?.get(column.id);
    const text = row.cells[at] ?? null;
    if (handle !== null && mark?.state === "granted") return livingCell(column, handle, text, mark.grantId);
    const isHead = at === 0 && mark === undefined;
    return elementOf(
      isHead
        ? rowHead(grid.recordBase, column, row, index, hasBoxes)
        : gridCell(column, text, mark !== undefined),
    );
  });
  return createElement(
    "tr",
    handle === null || !hasBoxes ? null : { "data-r": handle },
    hasBoxes && boxOf(row, index),
    ...cells,
  );
}

function elementOf({ tag, attributes, text, link }: GridCell): ReactElement {
  return createElement(tag, attributes, link === undefined ? text : createElement("a", link, text));
}

function boxOf({ handle }: GridRow, index: number): ReactElement {
  if (handle === null) return createElement("td");
  const box = { type: "checkbox", className: "check", tabIndex: -1, "aria-label": boxLabel(index) };
  return createElement("td", null, createElement("input", box));
}

function livingCell(column: GridColumn, record: string, text: string | null, grantId: string): ReactElement {
  return (
    <RevealCell grantId={grantId} record={record} columnId={column.id} inGrid>
      {text}
    </RevealCell>
  );
}
