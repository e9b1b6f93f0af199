import { describe, expect, test } from "vitest";
import { byteStream, reportNdjson, sheetCsv } from "@/lib/reports/report-stream";
import { sheetsOf } from "@/lib/reports/sheet";
import type { Row } from "@/lib/reports/view";
import { cellText, cellValue, durationText } from "@/lib/reports/words";
import { sampleReport, sampleTable } from "@/lib/testing/sample-report";

/** A table without an end, and how much of it was read. */
function endless() {
  const seen = { batches: 0, ended: false };
  async function* rows(): AsyncGenerator<readonly Row[]> {
    try {
      for (;;) {
        seen.batches += 1;
        yield Array.from({ length: 1_000 }, (_, index): Row => [null, index, "who", "why", 1]);
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, table: { ...sampleTable(0), rows } };
}

describe("what leaves as a stream", () => {
  test.each(["csv", "ndjson"])(
    "%s reads a batch only when somebody wants more, and stops when they stop",
    async (form) => {
      const { seen, table } = endless();
      const stream = form === "csv" ? sheetCsv(table) : reportNdjson(sampleReport([table]));
      const reader = stream.getReader();
      for (let read = 0; read < 50; read += 1) await reader.read();
      expect(seen.batches).toBeLessThanOrEqual(52);
      await reader.cancel();
      expect(seen.ended).toBe(true);
    },
  );

  test("a PDF is made as it is read, and no further once it is not", async () => {
    let ended = false;
    async function* bytes() {
      try {
        for (;;) yield new Uint8Array(10);
      } finally {
        ended = true;
      }
    }
    const reader = byteStream(bytes()).getReader();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(true);
  });

  test("has every part of a report that holds data, under a name of its own", () => {
    const sheets = sheetsOf([
      { kind: "text", title: "Words", paragraphs: [] },
      { kind: "numbers", title: "At a glance", figures: [{ label: "All", value: 0.5, kind: "share" }] },
      { kind: "bars", title: "Busiest tables", of: "number", bars: [], empty: "" },
      {
        kind: "series",
        title: "By week",
        of: "duration",
        step: "week",
        lines: ["90 % within"],
        points: [],
        empty: "",
      },
      sampleTable(1),
    ]);
    expect(sheets.map(({ id }) => id)).toEqual(["at-a-glance", "busiest-tables", "by-week", "sample"]);
    expect(sheets[2]?.columns.map(({ id }) => id)).toEqual(["week", "90_within"]);
  });
});

describe("cells", () => {
  test("say their amount in words to people and in plain units to programs", () => {
    expect([4.24, 59.6, 61, 5_400, 90_000].map(durationText)).toEqual([
      "4.2 s",
      "1 min",
      "1 min 1 s",
      "1 h 30 min",
      "1 day 1 h",
    ]);
    expect(cellText("share", 0.1234)).toBe("12.3 %");
    expect(cellText("number", 12_345)).toBe("12,345");
    expect(cellText("instant", "2026-11-28T14:03:12.345Z")).toBe("2026-11-28 14:03:12");
    expect(cellText("text", null)).toBe("–");
    expect([cellValue("share", 0.123_456), cellValue("duration", 1.23456), cellValue("text", null)]).toEqual([
      "0.1235",
      "1.235",
      null,
    ]);
  });
});
