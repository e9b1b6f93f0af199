import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { wrapped } from "@/lib/reports/pdf/lines";
import { reportPdf } from "@/lib/reports/pdf/report-pdf";
import type { Section } from "@/lib/reports/report";
import { names, sampleReport, sampleTable } from "@/lib/testing/sample-report";

const long = "She asked again and again whether it had come. ".repeat(160).trim();

const parts: Section[] = [
  { kind: "numbers", title: "At a glance", figures: [{ label: "Requests", value: 1_234, kind: "number" }] },
  {
    kind: "bars",
    title: "Busiest tables",
    of: "number",
    bars: [{ label: "customers", value: 3 }],
    empty: "None.",
  },
  {
    kind: "series",
    title: "Requests by week",
    of: "number",
    step: "week",
    lines: ["Automatic", "Denied"],
    points: ["2026-01-05", "2026-01-12"].map((at, index) => ({ at, values: [index + 1, null] })),
    empty: "None.",
  },
  sampleTable(150, (index) => (index === 70 ? long : `Reason ${index}`)),
  { kind: "bars", title: "An empty part", of: "number", bars: [], empty: "There was none in the time." },
  ...Array.from({ length: 40 }, (_, index): Section => {
    return {
      kind: "text",
      title: `Chapter ${index + 1}`,
      paragraphs: [`What it says. ${"Words follow. ".repeat(120)}`],
    };
  }),
];

let pdf: PDFDocumentProxy;
let pages: string[];

async function opened(sections: readonly Section[], mostRows?: number): Promise<PDFDocumentProxy> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of reportPdf(sampleReport(sections), mostRows === undefined ? {} : { mostRows }))
    chunks.push(chunk);
  return getDocument({ data: new Uint8Array(Buffer.concat(chunks)), verbosity: 0 }).promise;
}

/** The text of each page, in the order in which it was written, a space between what is apart. */
async function textOf(document: PDFDocumentProxy): Promise<string[]> {
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, index) => {
      const { items } = await (await document.getPage(index + 1)).getTextContent();
      return items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ")
        .replaceAll(/\s+/g, " ");
    }),
  );
}

beforeAll(async () => {
  pdf = await opened(parts);
  pages = await textOf(pdf);
}, 120_000);

describe("a report as PDF", () => {
  test("says on its first page what it is, what it was narrowed to, who made it and when", () => {
    for (const words of [
      "A sample of everything",
      "Does each part",
      "2026-01-01 to 2026-03-31",
      "2026-04-01 09:30:00 UTC",
      "GDPR Art. 30(1)",
      "123,456",
    ])
      expect(pages[0]).toContain(words);
    expect(pages[0]?.replaceAll(" ", "")).toContain("MadebyŁucjaŻółć");
  });

  test("names in its contents the page on which each part begins, over two pages of contents", () => {
    const contents = `${pages[1]} ${pages[2]}`;
    for (const { title } of [...parts, { title: "How to verify this report" }]) {
      const number = Number(new RegExp(`${title.replaceAll(/[.?]/g, "\\$&")} (\\d+)`).exec(contents)?.[1]);
      expect(pages[number - 1], `${title} on ${number}`).toContain(title);
      const earlier = pages.slice(3, number - 1).filter((page) => page.includes(`${title} `));
      expect(
        earlier.filter(() => !title.startsWith("Chapter")),
        title,
      ).toEqual([]);
    }
  });

  test("links each line of its contents to that page, and has the same outline", async () => {
    const links = await Promise.all([2, 3].map(async (page) => (await pdf.getPage(page)).getAnnotations()));
    expect(links.flat().length).toBe(parts.length + 1);
    const outline = await pdf.getOutline();
    expect(outline.map(({ title }) => title)).toEqual([
      ...parts.map(({ title }) => title),
      "How to verify this report",
    ]);
    const place = await pdf.getDestination(String(links[0]![3]!.dest));
    expect((await pdf.getPageIndex(place![0] as Parameters<typeof pdf.getPageIndex>[0])) + 1).toBe(
      Number(/Sample of events (\d+)/.exec(pages[1]!)?.[1]),
    );
  });

  test("says on each page which it is, and of how many", () => {
    expect(pdf.numPages).toBeGreaterThan(12);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${index + 1} of ${pdf.numPages}`);
  });

  test("repeats the head of a table on each of its pages, and loses no row", () => {
    const [from, to] = ["Sample of events", "An empty part"].map((title) =>
      pages.findIndex((page, index) => index > 2 && page.includes(title)),
    );
    for (const page of pages.slice(from, to)) expect(page).toContain("When (UTC)");
    const all = pages.join(" ");
    for (let index = 0; index < 150; index += 1) if (index !== 70) expect(all).toContain(`Reason ${index} `);
  });

  test("wraps a text that is longer than a page, and loses no word of it", () => {
    const words = pages.join(" ").match(/She asked again/g) ?? [];
    expect(words.length).toBeGreaterThan(140);
    // Some stand across a line's end.
    expect((pages.join(" ").match(/whether/g) ?? []).length).toBe(160);
  });

  test("shows names of many scripts as letters", () => {
    const all = pages.join(" ").replaceAll(" ", "");
    for (const name of names) expect(all, name).toContain(name.replaceAll(" ", ""));
  });

  test("says where there is nothing, and prints the checkpoint whole, in lines of its own", () => {
    expect(pages.join(" ")).toContain("There was none in the time.");
    const last = pages.at(-1)!.replaceAll(" ", "");
    expect(last).toContain(`${"q".repeat(43)}=`);
    expect(last).toContain(`—glimpse.example/audit${"A".repeat(92)}`);
    expect(last).toContain("--sincecheckpoint.txt");
  });

  test("is tagged, and tells its language and title", async () => {
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: "A sample of everything", Author: "Łucja Żółć", Language: "en-GB" });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = JSON.stringify(await (await pdf.getPage(5)).getStructTree());
    expect(tree).toContain('"role":"Table"');
  });
});

test("a table that is too long to be printed says so", async () => {
  const text = (await textOf(await opened([sampleTable(130, () => "x")], 120))).join(" ");
  expect(text).toContain("These are the first 120 rows");
}, 60_000);

test("a long name of what was asked stays beside its words on the first page", async () => {
  const chunks: Uint8Array[] = [];
  const filters = [["Grants, changes and campaigns", "2026-01-01 to 2026-03-31"]] as const;
  for await (const chunk of reportPdf({ ...sampleReport([]), filters }, {})) chunks.push(chunk);
  const document = await getDocument({ data: new Uint8Array(Buffer.concat(chunks)), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  const at = items.flatMap((item) =>
    "str" in item ? [{ text: item.str, x: Number(item.transform[4]), width: item.width }] : [],
  );
  const words = at.find(({ text }) => text.startsWith("2026-01-01"));
  const name = at.filter(({ text }) => /Grants|changes|campaigns/.test(text));
  expect(name.map(({ text }) => text.trim()).join(" ")).toBe("Grants, changes and campaigns");
  for (const { x, width } of name) expect(x + width).toBeLessThan(words!.x);
});

describe("lines", () => {
  const measure = (text: string) => text.length;

  test("are broken at spaces, after marks, and inside a word only where it is wider by itself", () => {
    expect(wrapped("one two three", 7, measure)).toEqual(["one two", "three"]);
    expect(wrapped("public.customers", 10, measure)).toEqual(["public.", "customers"]);
    expect(wrapped("abcdefghij", 4, measure)).toEqual(["abcd", "efgh", "ij"]);
    expect(wrapped("a\nb\r\n\nc", 9, measure)).toEqual(["a", "b", "", "c"]);
  });

  test("have no letter that turns the order of others, and no control", () => {
    expect(wrapped("a\u202Eb\u0007c\uFEFFd", 20, measure)).toEqual(["a b c d"]);
  });
});
