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
  const line = (row: Row) => csvLine(cells ? cells(row) : (row as Cells));
  return lineStream(batches, { head: `\uFEFF${csvLine(columns)}`, line });
}

/** Rows as one JSON object a line, streamed. */
export function ndjsonStream(
  columns: readonly string[],
  batches: Batches<readonly Cells[]>,
): ReadableStream<Uint8Array> {
  const names = columns.map((column) => `${JSON.stringify(column)}:`);
  const line = (cells: Cells) =>
    `{${cells.map((cell, index) => `${names[index]}${JSON.stringify(cell)}`).join(",")}}\n`;
  return lineStream(batches, { head: "", line });
}

/** Texts as they are, streamed. */
export function plainStream(batches: Batches<readonly string[]>): ReadableStream<Uint8Array> {
  return lineStream(batches, { head: "", line: (text) => text });
}

/** What begins a formula somewhere: the wide signs do so in East Asian settings. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

function csvLine(cells: Cells): string {
  let line = csvCell(cells[0] ?? "");
  for (let at = 1; at < cells.length; at++) line += `,${csvCell(cells[at] ?? "")}`;
  return `${line}\n`;
}

function csvCell(text: string): string {
  if (text === "") return text;
  if (formula.test(text)) return quoted(`'${text}`);
  return needsQuotes(text) ? quoted(text) : text;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

// A search for each sign is several times as fast as one pattern of all of them.
const needsQuotes = (text: string) =>
  text.includes('"') ||
  text.includes(",") ||
  text.includes("\n") ||
  text.includes("\r") ||
  text.startsWith(" ") ||
  text.endsWith(" ");

type Writing<T> = { head: string; line: (one: T) => string };

function lineStream<T>(
  batches: Batches<readonly T[]>,
  { head, line }: Writing<T>,
): ReadableStream<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  let room = 0;
  const send = (stream: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array) => {
    batches.wrote?.(bytes.byteLength);
    stream.enqueue(bytes);
  };
  return new ReadableStream({
    start: (stream) => {
      if (head !== "") send(stream, Buffer.from(head));
    },
    // Gives something whenever it is asked, for a stream that was given nothing does not ask again.
    pull: async (stream) => {
      for (;;) {
        const next: IteratorResult<readonly T[], unknown> = await source.next();
        if (next.done === true) return stream.close();
        if (next.value.length === 0) continue;
        const bytes = bytesOf(next.value, line, room);
        room = Math.ceil(bytes.byteLength * 1.25);
        return send(stream, bytes);
      }
    },
    // Whoever stops a download stops the reading too.
    cancel: async () => {
      await source.return?.();
    },
  });
}

/**
 * The lines as bytes, one after the other into one piece of memory of about the size that was needed before: to put all of
 * them into one long text first takes several times as long.
 */
function bytesOf<T>(lines: readonly T[], line: (one: T) => string, room: number): Uint8Array {
  let bytes = Buffer.allocUnsafe(room);
  let end = 0;
  for (const one of lines) {
    const text = line(one);
    // No unit of a text takes more than three bytes.
    const most = end + text.length * 3;
    if (most > bytes.length) bytes = Buffer.concat([bytes.subarray(0, end)], most * 2);
    end += bytes.write(text, end);
  }
  return bytes.subarray(0, end);
}
