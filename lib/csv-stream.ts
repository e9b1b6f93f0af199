import { stringify } from "csv-stringify/sync";

type Cells = readonly (string | null)[];

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark), streamed: a batch is written when the reader wants more, so that
 * memory stays flat. A cell that a spreadsheet would take for a formula gets an apostrophe in front, whoever typed it.
 */
export function csvStream(
  columns: readonly string[],
  batches: AsyncIterable<readonly Cells[]>,
): ReadableStream<Uint8Array> {
  return textStream(batches, {
    head: written([columns], true),
    write: (batch) => written(batch, false),
  });
}

/** Rows as one JSON object a line, streamed. */
export function ndjsonStream(
  columns: readonly string[],
  batches: AsyncIterable<readonly Cells[]>,
): ReadableStream<Uint8Array> {
  const names = columns.map((column) => `${JSON.stringify(column)}:`);
  const line = (cells: Cells) =>
    `{${cells.map((cell, index) => `${names[index]}${JSON.stringify(cell)}`).join(",")}}\n`;
  return textStream(batches, { head: "", write: (batch) => batch.map(line).join("") });
}

const written = (rows: readonly Cells[], isFirst: boolean): string =>
  stringify(rows as Cells[], { escape_formulas: true, bom: isFirst });

type Writing = { head: string; write: (batch: readonly Cells[]) => string };

function textStream(
  batches: AsyncIterable<readonly Cells[]>,
  { head, write }: Writing,
): ReadableStream<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (stream) => {
      if (head !== "") stream.enqueue(encoder.encode(head));
    },
    // Gives something whenever it is asked, for a stream that was given nothing does not ask again.
    pull: async (stream) => {
      for (;;) {
        const next: IteratorResult<readonly Cells[], unknown> = await source.next();
        if (next.done === true) return stream.close();
        if (next.value.length > 0) return stream.enqueue(encoder.encode(write(next.value)));
      }
    },
    // Whoever stops a download stops the reading too.
    cancel: async () => {
      await source.return?.();
    },
  });
}
