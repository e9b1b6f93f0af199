import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { csvStream, ndjsonStream } from "@/lib/csv-stream";

async function* rows(...cells: string[]): AsyncGenerator<string[][]> {
  for (const cell of cells) yield [[cell]];
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

async function csvOf(...cells: string[]): Promise<string[]> {
  const text = await new Response(csvStream(["reason"], rows(...cells))).text();
  return text.trimEnd().split("\n").slice(1);
}

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "＠x"])(
  "a cell that begins like a formula is disarmed: %j",
  async (cell) => {
    const [line] = await csvOf(cell);
    expect(line?.replace(/^"/, "")).toMatch(/^'/);
  },
);

test("quotes, separators and line breaks stay inside their cell", async () => {
  const text = (await csvOf('a "b", c\r\nd')).join("\n");
  expect(text).toBe('"a ""b"", c\r\nd"');
});

test("another reader of CSV finds every cell as it was, but for the apostrophe before what looks like a formula", async () => {
  const text = fc.stringMatching(/^[ \t\r\n",;'=+\-@a\u00e9\uff1d\u4e2d\u{1f600}\ufeff]{0,6}$/u);
  const long = fc.tuple(text, fc.integer({ min: 30, max: 900 })).map(([piece, times]) => piece.repeat(times));
  const rows = fc.array(fc.array(fc.option(fc.oneof(text, long)), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  });
  const batches = fc.array(rows, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const stream = csvStream(["a", "b", "c"], each(all), (row) => row);
      const bytes = Buffer.from(await new Response(stream).arrayBuffer());
      const read = Papa.parse<string[]>(bytes.toString().replace("\ufeff", ""), {
        delimiter: ",",
        newline: "\n",
      });
      const meant = all
        .flat()
        .map((row) => row.map((cell) => (/^[=+\-@\t\r\uff1d]/.test(cell ?? "") ? `'${cell}` : (cell ?? ""))));
      expect(read.data.slice(1, -1)).toEqual(meant);
    }),
  );
});

test("a failing read breaks the download instead of ending it early", async () => {
  async function* failing(): AsyncGenerator<string[][]> {
    yield [["first"]];
    throw new Error("gone");
  }
  await expect(new Response(csvStream(["reason"], failing())).text()).rejects.toThrow();
});

test("the name of a column is disarmed like a cell, and an empty batch writes nothing", async () => {
  async function* batches(): AsyncGenerator<string[][]> {
    yield [];
    yield [["a"]];
  }
  const text = await new Response(csvStream(["=cmd()"], batches())).text();
  expect(text.replace("\ufeff", "")).toBe('"\'=cmd()"\na\n');
});

test("a line of NDJSON tells no value from an empty one", async () => {
  async function* batches(): AsyncGenerator<(string | null)[][]> {
    yield [
      ["a", null],
      ["", '\n\u2028"'],
    ];
  }
  const text = await new Response(ndjsonStream(["x", 'y"'], batches())).text();
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { x: "a", 'y"': null },
    { x: "", 'y"': '\n\u2028"' },
  ]);
});

test("a download that is stopped stops the reading", async () => {
  let isOver = false;
  async function* endless(): AsyncGenerator<string[][]> {
    try {
      for (;;) yield [["row"]];
    } finally {
      isOver = true;
    }
  }
  const reader = csvStream(["x"], endless()).getReader();
  await reader.read();
  await reader.cancel();
  expect(isOver).toBe(true);
});
