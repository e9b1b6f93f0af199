import { createElement, type ReactElement } from "react";
import { RevealCell } from "@/components/reveals/on-demand";
import type { GridColumn, GridRow, GridView } from "@/lib/browse/view";
import type { CellMark, CellMarks } from "./cell-marks";
import { boxLabel, gridCell, rowHead, type GridCell } from "./grid-cell";
import { rowHtml } from "./grid-html";
import { headHtml, plainHeadHtml } from "./head-html";

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
          <thead>
            {/* oxlint-disable-next-line react/no-danger -- every name goes through escapeHtml */}
            <tr dangerouslySetInnerHTML={{ __html: plainHeadHtml(grid.columns) }} />
          </thead>
          {bodyOf({ grid, marks: undefined, hasBoxes: false })}
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
          {/* oxlint-disable-next-line react/no-danger -- every name goes through escapeHtml */}
          <tr dangerouslySetInnerHTML={{ __html: headHtml(grid.columns) }} />
        </thead>
        {bodyOf({ grid, marks, hasBoxes: true }, pageKey)}
      </table>
    </div>
  );
}

type Bodied = { grid: GridView; marks: CellMarks | undefined; hasBoxes: boolean };

/**
 * Keyed by page, so that a browser keeps no box checked and no cell marked from the page before. Where no grant
 * opens a cell, nothing in the rows lives: they are one text of HTML, a fraction of the work of a thousand elements.
 */
function bodyOf(body: Bodied, pageKey = ""): ReactElement {
  const isAlive = body.grid.rows.some((row) => grantIn(body.marks, row) !== undefined);
  if (!isAlive) {
    const html = body.grid.rows.map((row, index) => plainRow(body, row, index)).join("");
    // oxlint-disable-next-line react/no-danger -- every value goes through escapeHtml, proven against React's output
    return createElement("tbody", { key: pageKey, dangerouslySetInnerHTML: { __html: html } });
  }
  const rows = body.grid.rows.map((row, index) => livingRow(body, row, index));
  return createElement("tbody", { key: pageKey }, ...rows);
}

function grantIn(marks: CellMarks | undefined, { handle }: GridRow): CellMark | undefined {
  if (handle === null || marks === undefined) return undefined;
  return [...(marks.get(handle)?.values() ?? [])].find(({ state }) => state === "granted");
}

function plainRow({ grid, marks, hasBoxes }: Bodied, row: GridRow, index: number): string {
  const ofRecord = row.handle === null ? undefined : marks?.get(row.handle);
  const cells = grid.columns.map((column, at) =>
    cellAt(grid, column, row, index, at, ofRecord?.has(column.id) ?? false),
  );
  return rowHtml(cells, row.handle, hasBoxes ? index : null);
}

function livingRow({ grid, marks, hasBoxes }: Bodied, row: GridRow, index: number): ReactElement {
  const { handle } = row;
  const ofRecord = handle === null ? undefined : marks?.get(handle);
  const cells = grid.columns.map((column, at) => {
    const mark = ofRecord?.get(column.id);
    if (handle !== null && mark?.state === "granted")
      return livingCell(column, handle, row.cells[at] ?? null, mark.grantId);
    return elementOf(cellAt(grid, column, row, index, at, mark !== undefined));
  });
  return createElement(
    "tr",
    handle === null || !hasBoxes ? null : { "data-r": handle },
    hasBoxes && boxOf(row, index),
    ...cells,
  );
}

function cellAt(
  grid: GridView,
  column: GridColumn,
  row: GridRow,
  index: number,
  at: number,
  isAsked: boolean,
): GridCell {
  return at === 0 && !isAsked
    ? rowHead(grid, column, row, index)
    : gridCell(column, row.cells[at] ?? null, isAsked);
}

function elementOf({ tag, attributes, text, link }: GridCell): ReactElement {
  return createElement(tag, attributes, link === undefined ? text : createElement("a", link, text));
}

function boxOf({ handle }: GridRow, index: number): ReactElement {
  if (handle === null) return createElement("td");
  const box = { type: "checkbox", className: "check", "aria-label": boxLabel(index) };
  return createElement("td", null, createElement("input", box));
}

function livingCell(column: GridColumn, record: string, text: string | null, grantId: string): ReactElement {
  return (
    <RevealCell grantId={grantId} record={record} columnId={column.id}>
      {text}
    </RevealCell>
  );
}
