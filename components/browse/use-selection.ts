"use client";

import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import {
  canSelect,
  type CellAt,
  markRows,
  nothing,
  type Selectable,
  selectColumn,
  type Selection,
  selectRange,
  toggleCell,
} from "./selection";

/** The selection on one page of the table `#grid`, by mouse and keyboard, on the rows as the server sent them. */
export function useSelection(pageKey: string, columns: readonly boolean[], onEnter: RefObject<() => void>) {
  const [selection, setSelection] = useState<Selection>(nothing);
  const selectable = useRef<Selectable>({ rows: [], columns: [] });

  useEffect(() => {
    const table = document.querySelector<HTMLTableElement>("#grid");
    if (table === null) return;
    selectable.current = { rows: [...bodyRows(table)].map((row) => row.dataset["r"] !== undefined), columns };
    table.parentElement?.scrollTo({ top: 0 });
    // A frame later: what Enter selects must be part of the request that it opens.
    const request = () => requestAnimationFrame(() => onEnter.current());
    return listen(table, selectable.current, setSelection, request);
  }, [pageKey, columns, onEnter]);

  // After every drawing: the server may have sent the same page again, without the marks.
  useEffect(() => {
    const table = document.querySelector<HTMLTableElement>("#grid");
    if (table !== null) paint(table, selection, selectable.current);
  });

  const clear = useCallback(() => setSelection(nothing), []);
  const column = useCallback(
    (at: number) => setSelection((old) => selectColumn(old, selectable.current, at)),
    [],
  );
  return { selection, clear, selectColumn: column };
}

const bodyRows = (table: HTMLTableElement) => table.tBodies[0]?.rows ?? [];

/** The cell that an event is about; the box at the start of a row has column -1. */
function cellOf(target: EventTarget | null): (CellAt & { element: HTMLTableCellElement }) | null {
  const element =
    target instanceof Element ? target.closest<HTMLTableCellElement>("tbody td, tbody th") : null;
  const row = element?.parentElement;
  if (element === null || !(row instanceof HTMLTableRowElement)) return null;
  return { element, row: row.sectionRowIndex, column: element.cellIndex - 1 };
}

type Change = (next: (selection: Selection) => Selection) => void;

function listen(table: HTMLTableElement, all: Selectable, change: Change, request: () => void): () => void {
  const stop = new AbortController();
  const on = <E extends Event>(name: string, handle: (event: E) => void) =>
    table.addEventListener(name, handle as (event: Event) => void, { signal: stop.signal });
  let anchor: CellAt | null = null;
  let isDragging = false;

  const focus = (cell: CellAt) => focusCell(table, cell);
  const extend = (to: CellAt) => {
    const from = anchor ?? to;
    change((old) => selectRange(old, all, from, to));
  };

  on<PointerEvent>("pointerdown", (event) => {
    const cell = cellOf(event.target);
    if (cell === null || cell.column < 0 || event.button !== 0 || !canSelect(all, cell)) return;
    event.preventDefault();
    focus(cell);
    if (event.shiftKey && anchor !== null) return extend(cell);
    anchor = cell;
    isDragging = event.pointerType === "mouse";
    if (event.ctrlKey || event.metaKey) change((old) => toggleCell(old, all, cell));
    else
      change((old) => (isOnly(old, cell) ? { ...old, cells: new Set() } : selectRange(old, all, cell, cell)));
  });
  on<PointerEvent>("pointerover", (event) => {
    const cell = isDragging && event.buttons === 1 ? cellOf(event.target) : null;
    if (cell !== null && anchor !== null && (cell.row !== anchor.row || cell.column !== anchor.column))
      extend(cell);
  });
  on("pointerup", () => (isDragging = false));

  let lastBox = 0;
  on<MouseEvent>("click", (event) => {
    const box = event.target instanceof HTMLInputElement ? event.target : null;
    if (box === null) return;
    const cell = cellOf(box);
    if (cell === null) return change((old) => markRows(old, all, 0, all.rows.length - 1, box.checked));
    const from = event.shiftKey ? lastBox : cell.row;
    lastBox = cell.row;
    change((old) => markRows(old, all, from, cell.row, box.checked));
  });

  on<FocusEvent>("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell !== null && event.target === cell.element) rove(table, cell.element);
  });
  on<KeyboardEvent>("keydown", (event) => {
    const cell = cellOf(event.target);
    if (cell === null) return stepInHead(table, event);
    const to = step(table, cell, event);
    if (to !== null) {
      event.preventDefault();
      if (event.shiftKey) {
        anchor ??= cell;
        extend(to);
      } else anchor = null;
      return focus(to);
    }
    if (event.key === " " && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      anchor = cell;
      if (canSelect(all, cell)) change((old) => toggleCell(old, all, cell));
      else change((old) => markRows(old, all, cell.row, cell.row, !old.rows.has(cell.row)));
    } else if (event.key === "Enter" && event.target === cell.element) {
      event.preventDefault();
      const inside = cell.element.querySelector<HTMLElement>("a, .grant-cell > button");
      if (inside !== null) return inside.click();
      if (!canSelect(all, cell)) return cell.element.parentElement?.querySelector("a")?.click();
      change((old) => (old.cells.size > 0 ? old : selectRange(old, all, cell, cell)));
      request();
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      change((old) => markRows(old, all, 0, all.rows.length - 1, true));
    } else if (event.key === "Escape") change(() => nothing);
  });
  return () => stop.abort();
}

const isOnly = ({ cells }: Selection, { row, column }: CellAt) =>
  cells.size === 1 && cells.has(`${row}:${column}`);

function step(table: HTMLTableElement, at: CellAt, event: KeyboardEvent): CellAt | null {
  const lastRow = bodyRows(table).length - 1;
  const lastColumn = (bodyRows(table)[0]?.cells.length ?? 1) - 2;
  const far = event.ctrlKey || event.metaKey;
  const to: Record<string, CellAt> = {
    ArrowUp: { row: far ? 0 : at.row - 1, column: at.column },
    ArrowDown: { row: far ? lastRow : at.row + 1, column: at.column },
    ArrowLeft: { row: at.row, column: far ? -1 : at.column - 1 },
    ArrowRight: { row: at.row, column: far ? lastColumn : at.column + 1 },
    Home: { row: far ? 0 : at.row, column: 0 },
    End: { row: far ? lastRow : at.row, column: lastColumn },
    PageUp: { row: at.row - 10, column: at.column },
    PageDown: { row: at.row + 10, column: at.column },
  };
  const wanted = to[event.key];
  if (wanted === undefined) return null;
  const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  return { row: within(wanted.row, 0, lastRow), column: within(wanted.column, -1, lastColumn) };
}

/** From one control of the head to the next, and down into the rows. */
function stepInHead(table: HTMLTableElement, event: KeyboardEvent): void {
  const controls = [...(table.tHead?.querySelectorAll<HTMLElement>("input, a, button") ?? [])];
  const at = controls.findIndex((control) => control === event.target);
  const to: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: controls.length - 1,
  };
  const next = controls[to[event.key] ?? -1];
  const column = (controls[at]?.closest("th")?.cellIndex ?? 0) - 1;
  if (event.key !== "ArrowDown" && next === undefined) return;
  event.preventDefault();
  if (next === undefined) focusCell(table, { row: 0, column });
  else next.focus();
}

function focusCell(table: HTMLTableElement, { row, column }: CellAt): void {
  const cell = bodyRows(table)[row]?.cells[column + 1];
  if (cell === undefined) return;
  const box = column < 0 ? cell.querySelector("input") : null;
  if (box !== null) return box.focus();
  rove(table, cell);
  cell.focus();
}

function rove(table: HTMLTableElement, cell: HTMLElement): void {
  for (const other of table.querySelectorAll("tbody [tabindex='0']"))
    if (other !== cell) other.removeAttribute("tabindex");
  cell.tabIndex = 0;
}

/** Shows the selection on the rows, which React does not draw again for it. */
function paint(table: HTMLTableElement, { rows, cells }: Selection, all: Selectable): void {
  for (const cell of table.querySelectorAll("tbody [aria-selected]")) cell.removeAttribute("aria-selected");
  const body = bodyRows(table);
  // One cell is in the order of the Tab key; arrows lead from it to the others. New rows come without it.
  const first = body[0]?.cells[1];
  if (first !== undefined && table.querySelector("tbody [tabindex='0']") === null) first.tabIndex = 0;
  for (const key of cells) {
    const [row = 0, column = 0] = key.split(":").map(Number);
    body[row]?.cells[column + 1]?.setAttribute("aria-selected", "true");
  }
  for (const [index, row] of [...body].entries()) {
    const box = row.querySelector<HTMLInputElement>("td:first-child > input");
    if (box !== null) box.checked = rows.has(index);
  }
  const every = table.querySelector<HTMLInputElement>("[data-all]");
  const most = all.rows.filter(Boolean).length;
  if (every === null) return;
  every.checked = most > 0 && rows.size === most;
  every.indeterminate = rows.size > 0 && rows.size < most;
}
