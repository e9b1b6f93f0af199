import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark), streamed. A cell that a spreadsheet would take for a
 * formula gets an apostrophe in front: reasons are typed by people whom the auditor may be examining.
 */
export function csvStream(
  columns: readonly string[],
  rows: AsyncIterable<string[]>,
): ReadableStream<Uint8Array> {
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, bom: true });
  const source = Readable.from(rows);
  source.on("error", (error) => csv.destroy(error));
  return Readable.toWeb(source.pipe(csv)) as ReadableStream<Uint8Array>;
}
