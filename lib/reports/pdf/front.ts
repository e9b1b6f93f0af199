import "server-only";
import { colours } from "@/lib/reports/pdf/colours";
import type { Look, Paper } from "@/lib/reports/pdf/paper";
import type { ReportFrameView } from "@/lib/reports/view";
import { momentText } from "@/lib/reports/words";

const label: Look = { size: 9, colour: colours.muted };

/** The first page: what the document is, which question it answers, for whom it was narrowed, who made it and when. */
export function drawTitlePage(paper: Paper, report: ReportFrameView): void {
  paper.page();
  drawMark(paper);
  paper.y = 190;
  paper.text("Report", { size: 11, colour: colours.accent, face: "semibold" });
  paper.y += 6;
  paper.text(report.title, { size: 28, face: "semibold", type: "H1", leading: 34 });
  paper.y += 10;
  paper.text(report.question, { size: 13, colour: colours.muted, leading: 19 });
  paper.y += 24;
  paper.rule(colours.strong);
  paper.y += 16;
  const events = `The first ${report.logSize.toLocaleString("en-US")} events of the audit log, and what the control database said when it was made`;
  const facts: readonly (readonly [string, string])[] = [
    ...report.filters,
    ["Made by", report.madeBy],
    ["Made at", `${momentText(report.madeAt)} UTC`],
    ["Rests on", events],
    ["Asked for by", report.basis.join("\n")],
  ];
  for (const [term, text] of facts) drawFact(paper, term, text);
  paper.y += 20;
  paper.text(
    "This document names people who work with records, and holds no value of a record. That it was made is itself an event of the audit log.",
    { size: 9, colour: colours.muted },
  );
}

function drawFact(paper: Paper, term: string, text: string): void {
  const indent = 110;
  const terms = paper.lines(term, indent - 10, label);
  const lines = paper.lines(text, paper.width - indent, { size: 10 });
  const height = Math.max(terms.length, lines.length) * 14 + 6;
  paper.need(height);
  const top = paper.y;
  paper.leaf("P", () => {
    for (const [row, line] of terms.entries()) paper.line(line, paper.left, top + 1 + row * 14, label);
    for (const [row, line] of lines.entries())
      paper.line(line, paper.left + indent, top + row * 14, { size: 10 });
  });
  paper.y = top + height;
}

/** The mark of Glimpse with its name: an eye closed to a slit. */
function drawMark(paper: Paper): void {
  const { doc } = paper;
  paper.artifact(() => {
    doc.save().translate(paper.left, 56).scale(1.25).fillColor(colours.ink);
    doc.path(slit).fill("even-odd").path(iris).fill();
    doc.restore();
  });
  paper.y = 63;
  paper.leaf("P", () => paper.line("Glimpse", paper.left + 40, 63, { size: 14, face: "semibold" }));
}

const slit =
  "M7 1h10a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6H7a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6ZM3.2 12.4c5 4.6 12.6 4.6 17.6 0-5.2-2.4-12.4-2.4-17.6 0Z";
const iris = "M9.7 10.7a2.65 2.65 0 1 0 4.6 0 19 19 0 0 0-4.6 0Z";

/** Lines of the contents that one page has room for. */
const LINES = 34;
const LEADING = 19;

export type Entry = { title: string; name: string; page: number };

/**
 * Pages that are kept open for the contents, which are known last. Each is a page like the others, but that it is not
 * written out before `fill`.
 */
export class Contents {
  readonly #paper: Paper;
  readonly #pages: { page: PDFKit.PDFPage; end: () => void }[] = [];

  constructor(paper: Paper, entries: number) {
    this.#paper = paper;
    for (let at = 0; at < entries; at += LINES) {
      paper.page();
      const { page } = paper.doc;
      this.#pages.push({ page, end: page.end.bind(page) });
      page.end = () => undefined;
    }
  }

  fill(entries: readonly Entry[]): void {
    const paper = this.#paper;
    const { page: last } = paper.doc;
    for (const [index, { page, end }] of this.#pages.entries()) {
      paper.doc.page = page;
      paper.y = 56;
      if (index === 0) paper.text("Contents", { size: 18, face: "semibold", type: "H2", leading: 34 });
      for (const entry of entries.slice(index * LINES, (index + 1) * LINES)) this.#line(entry);
      end();
    }
    paper.doc.page = last;
  }

  #line({ title, name, page }: Entry): void {
    const paper = this.#paper;
    const right = paper.left + paper.width;
    const number = String(page);
    const [words = ""] = paper.lines(title, paper.width - 60);
    const { y } = paper;
    paper.leaf("P", () => {
      paper.line(words, paper.left, y);
      paper.line(number, right, y, { ends: true });
    });
    paper.artifact(() => {
      const from = paper.left + paper.measure(words) + 6;
      paper.doc.moveTo(from, y + 9).lineTo(right - paper.measure(number) - 6, y + 9);
      paper.doc.lineWidth(0.75).dash(0.75, { space: 3 }).strokeColor(colours.strong).stroke().undash();
    });
    paper.doc.goTo(paper.left, y - 3, paper.width, LEADING - 2, name);
    paper.y += LEADING;
  }
}
