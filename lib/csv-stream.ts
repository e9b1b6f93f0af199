import Papa from "papaparse";

type Cells = readonly (string | null)[];

/** Batches to write, and who is told how many bytes they made. */
type Batches<T> = AsyncIterable<T> & { wrote?: (bytes: number) => void };

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark), streamed: a batch is written when the reader wants more, so that
 * memory stays flat. A cell that a spreadsheet would take for a formula gets an apostrophe in front, whoever typed it.
 */
export function csvStream(
  columns: readonly string[],
  batches: Batches<readonly Cells[]>,
): ReadableStream<Uint8Array> {
  return textStream(batches, {
    head: `\uFEFF${written([columns])}`,
    write: (batch) => written(batch),
  });
}

/** Rows as one JSON object a line, streamed. */
export function ndjsonStream(
  columns: readonly string[],
  batches: Batches<readonly Cells[]>,
): ReadableStream<Uint8Array> {
  const names = columns.map((column) => `${JSON.stringify(column)}:`);
  const line = (cells: Cells) =>
    `{${cells.map((cell, index) => `${names[index]}${JSON.stringify(cell)}`).join(",")}}\n`;
  return textStream(batches, { head: "", write: (batch) => batch.map(line).join("") });
}

/** Texts as they are, streamed. */
export function plainStream(batches: Batches<readonly string[]>): ReadableStream<Uint8Array> {
  return textStream(batches, { head: "", write: (batch) => batch.join("") });
}

/** What begins a formula somewhere: the wide signs do so in East Asian settings. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

const written = (rows: readonly Cells[]): string =>
  `${Papa.unparse(rows as Cells[], { escapeFormulae: formula, newline: "\n" })}\n`;

type Writing<T> = { head: string; write: (batch: readonly T[]) => string };

function textStream<T>(
  batches: Batches<readonly T[]>,
  { head, write }: Writing<T>,
): ReadableStream<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const send = (stream: ReadableStreamDefaultController<Uint8Array>, text: string) => {
    const bytes = encoder.encode(text);
    batches.wrote?.(bytes.byteLength);
    stream.enqueue(bytes);
  };
  return new ReadableStream({
    start: (stream) => {
      if (head !== "") send(stream, head);
    },
    // Gives something whenever it is asked, for a stream that was given nothing does not ask again.
    pull: async (stream) => {
      for (;;) {
        const next: IteratorResult<readonly T[], unknown> = await source.next();
        if (next.done === true) return stream.close();
        if (next.value.length > 0) return send(stream, write(next.value));
      }
    },
    // Whoever stops a download stops the reading too.
    cancel: async () => {
      await source.return?.();
    },
  });
}
