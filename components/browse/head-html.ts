import { attributesHtml, escapeHtml } from "@/components/ui/escape-html";
import type { GridColumn } from "@/lib/browse/view";
import { glyphHtml } from "./sensitivity-glyph";

/**
 * The row of heads as HTML; every name of a column goes through `escapeHtml`. Arrow keys lead to the columns from the
 * box that selects all.
 */
export function headHtml(columns: readonly GridColumn[]): string {
  return `<th>${selectAll}</th>${columns.map(columnHead).join("")}`;
}

/** The heads of rows beside something else: what the columns are, and nothing to do with them. */
export function plainHeadHtml(columns: readonly GridColumn[]): string {
  return columns.map(plainHead).join("");
}

const selectAll =
  '<input type="checkbox" class="check" aria-label="Select all records of this page" data-all="true"/>';

const sortOrders = { asc: "ascending", desc: "descending" } as const;

/** The name of a column sorts where that is possible; the glyph says its class and opens its card. */
function columnHead(column: GridColumn, index: number): string {
  const { name, sorted, sortHref } = column;
  const cell = {
    scope: "col",
    "data-align": column.isNumber ? "end" : undefined,
    "aria-sort": sorted === null ? undefined : sortOrders[sorted],
  };
  const link = {
    href: sortHref ?? "",
    "data-soft": "",
    tabindex: -1,
    class: "col-sort",
    "data-sorted": sorted ?? undefined,
  };
  const label = sortHref === null ? escapeHtml(name) : `<a${attributesHtml(link)}>${escapeHtml(name)}</a>`;
  const button = {
    type: "button",
    tabindex: -1,
    class: "col-about",
    "data-col": index,
    "aria-label": `About ${name}`,
    "aria-haspopup": "dialog",
  };
  const about = `<button${attributesHtml(button)}>${glyphHtml(column)}</button>`;
  return `<th${attributesHtml(cell)}><span class="col-head">${label}${about}</span></th>`;
}

function plainHead(column: GridColumn): string {
  const cell = { scope: "col", "data-align": column.isNumber ? "end" : undefined };
  const glyph = column.sensitivity === null ? "" : glyphHtml(column);
  return `<th${attributesHtml(cell)}><span class="col-head">${escapeHtml(column.name)}${glyph}</span></th>`;
}
