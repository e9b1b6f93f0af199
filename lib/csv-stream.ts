import { GrowingBytes } from "@/lib/growing-bytes";

type Cells = readonly (string | null)[];

/** Batches to write, and who is told how many bytes they made. */
type Batches<T> = AsyncIterable<T> & { wrote?: (bytes: number) => void };

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark), streamed: a batch is written when the reader wants more, so that
 * memory stays flat. A cell that a spreadsheet would take for a formula gets an apostrophe in front, whoever typed it.
 * Rows that are not cells yet become cells one by one as they are written, which keeps what is made of them short-lived.
 */
export function csvStream(
  columns: readonly string[],
  batches: Batches<readonly Cells[]>,
): ReadableStream<Uint8Array>;
export function csvStream<Row>(
  columns: readonly string[],
  batches: Batches<readonly Row[]>,
  cells: (row: Row) => Cells,
): ReadableStream<Uint8Array>;
export function csvStream<Row>(
  columns: readonly string[],
  batches: Batches<readonly Row[]>,
  cells?: (row: Row) => Cells,
): ReadableStream<Uint8Array> {
  return byteStream(batches, {
    begin: (out) => {
      out.write("\uFEFF");
      writeCsv(out, columns);
    },
    write: (out, row) => writeCsv(out, cells ? cells(row) : (row as Cells)),
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
  return byteStream(batches, { write: (out, cells) => out.write(line(cells)) });
}

/** Texts as they are, streamed. */
export function plainStream(batches: Batches<readonly string[]>): ReadableStream<Uint8Array> {
  return byteStream(batches, { write: (out, text) => out.write(text) });
}

/** What begins a formula somewhere: the wide signs do so in East Asian settings. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** From here on a cell is quoted whatever is in it: to look whether it must be takes longer. */
const LONG = 200;

function writeCsv(out: GrowingBytes, cells: Cells): void {
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    if (at > 0) line += ",";
    const cell = cells[at] ?? "";
    if (cell === "") continue;
    const text = disarmed(cell);
    if (text.length < LONG) {
      line += text !== cell || needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text;
      continue;
    }
    out.write(line);
    out.writeQuoted(text);
    line = "";
  }
  out.write(`${line}\n`);
}

const disarmed = (text: string) => (formula.test(text) ? `'${text}` : text);

// A search for each sign is several times as fast as one pattern of all of them.
const needsQuotes = (text: string) =>
  text.includes('"') ||
  text.includes(",") ||
  text.includes("\n") ||
  text.includes("\r") ||
  text.startsWith(" ") ||
  text.endsWith(" ");

type Writing<T> = { begin?: (out: GrowingBytes) => void; write: (out: GrowingBytes, one: T) => void };

function byteStream<T>(
  batches: Batches<readonly T[]>,
  { begin, write }: Writing<T>,
): ReadableStream<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  // About what the last batch took, so that the memory of the next need not grow.
  let room = 0;
  const send = (stream: ReadableStreamDefaultController<Uint8Array>, out: GrowingBytes) => {
    const bytes = out.taken();
    room = Math.ceil(bytes.byteLength * 1.25);
    batches.wrote?.(bytes.byteLength);
    stream.enqueue(bytes);
  };
  return new ReadableStream({
    start: (stream) => {
      if (!begin) return;
      const out = new GrowingBytes(0);
      begin(out);
      send(stream, out);
    },
    // Gives something whenever it is asked, for a stream that was given nothing does not ask again.
    pull: async (stream) => {
      for (;;) {
        const next: IteratorResult<readonly T[], unknown> = await source.next();
        if (next.done === true) return stream.close();
        if (next.value.length === 0) continue;
        const out = new GrowingBytes(room);
        for (const one of next.value) write(out, one);
        return send(stream, out);
      }
    },
    // Whoever stops a download stops the reading too.
    cancel: async () => {
      await source.return?.();
    },
  });
}
