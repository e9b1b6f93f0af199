"use client";

import type { GridColumn } from "@/lib/browse/view";
import { rowHead, gridCell } from "./grid-cell";
import { rowHtml } from "./grid-html";
import { headHtml, plainHeadHtml } from "./head-html";
import { rowsOfText } from "./row-text";

interface HeadProps {
  columns: readonly GridColumn[];
  hasTools: boolean;
}

/** The heads of the columns; where there are tools, they sort, tell and select. */
export function GridHead({ columns, hasTools }: HeadProps) {
  const html = hasTools ? headHtml(columns) : plainHeadHtml(columns);
  return (
    <thead>
      {/* oxlint-disable-next-line react/no-danger -- every name goes through escapeHtml */}
      <tr dangerouslySetInnerHTML={{ __html: html }} />
    </thead>
  );
}

interface RowsProps {
  columns: readonly GridColumn[];
  /** What `rowsToText` made of the rows. */
  text: string;
  /** By the row's index, the indices of the columns that are asked for. */
  asked: Readonly<Record<number, readonly number[]>>;
  recordBase: string;
  hasBoxes: boolean;
}

/**
 * Rows in which nothing lives: one text of HTML, a fraction of the work of a thousand elements. It is made here, on
 * the server and in the browser alike, so that only the texts of the cells travel beside the page.
 */
export function GridRows({ columns, text, asked, recordBase, hasBoxes }: RowsProps) {
  const html = rowsOfText(text).map((row, index) => {
    const ofRow = asked[index];
    const cells = columns.map((column, at) => {
      const isAsked = ofRow?.includes(at) ?? false;
      return at === 0 && !isAsked
        ? rowHead(recordBase, column, row, index, hasBoxes)
        : gridCell(column, row.cells[at] ?? null, isAsked);
    });
    return rowHtml(cells, row.handle, hasBoxes ? index : null);
  });
  // oxlint-disable-next-line react/no-danger -- every value goes through escapeHtml, proven against React's output
  return <tbody dangerouslySetInnerHTML={{ __html: html.join("") }} />;
}
