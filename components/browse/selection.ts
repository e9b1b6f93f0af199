/** A cell of the page by the place of its row and column. */
export type CellAt = { readonly row: number; readonly column: number };

/** What is selected on one page: whole records, and cells of columns that can be requested. */
export type Selection = { readonly rows: ReadonlySet<number>; readonly cells: ReadonlySet<string> };

export const nothing: Selection = { rows: new Set(), cells: new Set() };

/** What there is to select: which rows have a handle, and which columns can be requested. */
export type Selectable = { readonly rows: readonly boolean[]; readonly columns: readonly boolean[] };

const keyOf = ({ row, column }: CellAt) => `${row}:${column}`;

/** Whether a request can be made of this very cell. */
export function canSelect({ rows, columns }: Selectable, { row, column }: CellAt): boolean {
  return rows[row] === true && columns[column] === true;
}

/** The rectangle between two cells, without what cannot be requested, in place of the cells selected before. */
export function selectRange(selection: Selection, all: Selectable, from: CellAt, to: CellAt): Selection {
  const cells = new Set<string>();
  for (const row of between(from.row, to.row)) {
    for (const column of between(from.column, to.column)) {
      if (canSelect(all, { row, column })) cells.add(keyOf({ row, column }));
    }
  }
  return { ...selection, cells };
}

/** One cell more or less. */
export function toggleCell(selection: Selection, all: Selectable, cell: CellAt): Selection {
  if (!canSelect(all, cell)) return selection;
  return { ...selection, cells: toggled(selection.cells, [keyOf(cell)], !selection.cells.has(keyOf(cell))) };
}

/** A column on all rows of the page. */
export function selectColumn(selection: Selection, all: Selectable, column: number): Selection {
  const cells = all.rows.flatMap((_, row) =>
    canSelect(all, { row, column }) ? [keyOf({ row, column })] : [],
  );
  return { ...selection, cells: toggled(selection.cells, cells, true) };
}

/** The rows between two, both included, selected or not. */
export function markRows(
  selection: Selection,
  all: Selectable,
  from: number,
  to: number,
  isSelected: boolean,
): Selection {
  const rows = between(from, to).filter((row) => all.rows[row] === true);
  return { ...selection, rows: toggled(selection.rows, rows, isSelected) };
}

/** Which rows and columns a request would be for; without cells, every column that can be requested. */
export function reach(
  { rows, cells }: Selection,
  selectable: readonly boolean[],
): { rows: number[]; columns: number[]; named: boolean } {
  const at = [...cells].map((key) => key.split(":").map(Number));
  const columns = new Set(at.map(([, column = 0]) => column));
  const touched = new Set([...rows, ...at.map(([row = 0]) => row)]);
  const every = selectable.flatMap((can, column) => (can ? [column] : []));
  const sorted = (set: Iterable<number>) => [...set].sort((one, other) => one - other);
  return {
    rows: sorted(touched),
    columns: columns.size > 0 ? sorted(columns) : every,
    named: columns.size > 0,
  };
}

function toggled<T>(set: ReadonlySet<T>, items: readonly T[], isIn: boolean): ReadonlySet<T> {
  const next = new Set(set);
  for (const item of items) {
    if (isIn) next.add(item);
    else next.delete(item);
  }
  return next;
}

function between(one: number, other: number): number[] {
  const low = Math.min(one, other);
  return Array.from({ length: Math.abs(one - other) + 1 }, (_, index) => low + index);
}
