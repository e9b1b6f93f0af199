/**
 * The rows that a query gave. The driver counts rows for each connection and begins anew only where a statement ends well:
 * after one that failed or was cancelled while its rows came, the rows of the next begin as far down, under holes that
 * would read as rows that are not there.
 */
export function rowsWithoutHoles<Rows>(rows: Rows): Rows {
  if (!Array.isArray(rows) || rows.length === 0 || 0 in rows) return rows;
  return rows.filter(() => true) as Rows;
}
