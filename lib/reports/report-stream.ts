import { csvStream, plainStream } from "@/lib/csv-stream";
import type { Batches } from "@/lib/downloads/leaving";
import type { MadeReport } from "@/lib/reports/made-report";
import { sheetsOf, type Sheet } from "@/lib/reports/sheet";
import type { Row } from "@/lib/reports/view";
import { cellValue } from "@/lib/reports/words";

/** What becomes of batches when they leave, such as being counted. */
export type Leave = <Batch>(batches: AsyncIterable<Batch>) => AsyncIterable<Batch>;
const asTheyAre: Leave = (batches) => batches;

/** A sheet as CSV, streamed: what a spreadsheet would take for a formula is disarmed. */
export function sheetCsv({ columns, rows }: Sheet, leave = asTheyAre): ReadableStream<Uint8Array> {
  const cells = (row: Row) => columns.map(({ kind }, index) => cellValue(kind, row[index] ?? null));
  return csvStream(
    columns.map(({ id }) => id),
    leave(rows()),
    cells,
  );
}

/**
 * A whole report as one JSON object a line, streamed: what it says of itself first, then each row of each sheet under the
 * name of its sheet. Amounts are numbers, moments ISO 8601.
 */
export function reportNdjson(
  { sections, ...frame }: MadeReport,
  leave = asTheyAre,
): ReadableStream<Uint8Array> {
  return plainStream(leave(lines(frame, sheetsOf(sections))));
}

async function* lines(
  frame: Omit<MadeReport, "sections">,
  sheets: readonly Sheet[],
): AsyncGenerator<string[]> {
  yield [lineOf({ sheet: "report", ...frame })];
  for (const { id, columns, rows } of sheets) {
    const object = (row: Row) =>
      lineOf({
        sheet: id,
        ...Object.fromEntries(columns.map((column, index) => [column.id, row[index] ?? null])),
      });
    for await (const batch of rows()) yield batch.map(object);
  }
}

const lineOf = (value: Record<string, unknown>) => `${JSON.stringify(value)}\n`;

/** Bytes that are made as they are read, as a stream; whoever stops reading stops the making. */
export function byteStream(
  bytes: AsyncIterableIterator<Uint8Array, unknown> & Partial<Pick<Batches<Uint8Array>, "wrote">>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (stream) => {
      const next = await bytes.next();
      if (next.done === true) return stream.close();
      bytes.wrote?.(next.value.byteLength);
      stream.enqueue(next.value);
    },
    cancel: async () => {
      await bytes.return?.();
    },
  });
}
