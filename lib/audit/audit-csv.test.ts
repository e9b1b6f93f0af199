import { expect, test } from "vitest";
import { csvStream } from "@/lib/audit/audit-csv";

async function* rows(...cells: string[]): AsyncGenerator<string[]> {
  for (const cell of cells) yield [cell];
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

test("a failing read breaks the download instead of ending it early", async () => {
  async function* failing(): AsyncGenerator<string[]> {
    yield ["first"];
    throw new Error("gone");
  }
  await expect(new Response(csvStream(["reason"], failing())).text()).rejects.toThrow();
});
