import "server-only";
import { colours } from "@/lib/reports/pdf/colours";
import type { Look, Paper } from "@/lib/reports/pdf/paper";
import type { Column, Row } from "@/lib/reports/view";
import { cellText, columnTitle } from "@/lib/reports/words";

const body: Look = { size: 7.5 };
const head: Look = { size: 7.5, face: "semibold", colour: colours.muted };
const LEADING = 10;
const PAD = 4;

type Place = { x: number; width: number; isAmount: boolean };

/** A table that is written row by row; its head stands again on every page. */
export class PaperTable {
  readonly #paper: Paper;
  readonly #columns: readonly Column[];
  readonly #element: PDFKit.PDFStructureElement;
  #places: readonly Place[];
  #isFirst = true;

  constructor(paper: Paper, columns: readonly Column[]) {
    this.#paper = paper;
    this.#columns = columns;
    this.#element = paper.open("Table");
    this.#places = placesOf(paper, columns);
    this.#head();
  }

  /** Writes a row; one that is taller than the page goes on overleaf. */
  row(row: Row): void {
    const cells = this.#columns.map(({ kind }, index) =>
      this.#paper.lines(cellText(kind, row[index] ?? null), this.#places[index]?.width ?? 0, body),
    );
    const element = this.#paper.open("TR");
    for (let rest = cells; rest.some((lines) => lines.length > 0);) rest = this.#part(rest);
    this.#paper.close(element);
  }

  end(): void {
    this.#paper.close(this.#element);
    this.#paper.y += 10;
  }

  /** Writes as many lines of a row as there is room for, and gives the rest. */
  #part(cells: readonly (readonly string[])[]): string[][] {
    const tallest = Math.max(...cells.map((lines) => lines.length));
    const fits = Math.floor((this.#paper.room - 2 * PAD) / LEADING);
    // A row of some lines is not torn apart.
    if (fits < Math.min(tallest, 8)) {
      this.#paper.page(this.#paper.doc.page.layout === "landscape" ? "landscape" : "portrait");
      this.#head();
      return cells.map((lines) => [...lines]);
    }
    const count = Math.min(tallest, fits);
    const top = this.#paper.y + PAD;
    for (const [index, lines] of cells.entries()) {
      const place = this.#places[index];
      if (place) this.#paper.leaf("TD", () => this.#cell(place, lines.slice(0, count), top));
    }
    this.#paper.y = top + count * LEADING + PAD;
    this.#paper.rule();
    return cells.map((lines) => lines.slice(count));
  }

  #cell({ x, width, isAmount }: Place, lines: readonly string[], top: number, look: Look = body): void {
    for (const [index, line] of lines.entries())
      this.#paper.line(line, isAmount ? x + width : x, top + index * LEADING, { ...look, ends: isAmount });
  }

  #head(): void {
    const paper = this.#paper;
    this.#places = placesOf(paper, this.#columns);
    const titles = this.#columns.map((column, index) =>
      paper.lines(columnTitle(column), this.#places[index]?.width ?? 0, head),
    );
    const height = Math.max(...titles.map((lines) => lines.length)) * LEADING + 2 * PAD;
    const top = paper.y;
    paper.artifact(() => paper.doc.rect(paper.left, top, paper.width, height).fill(colours.sunken));
    const draw = (as: (place: Place, lines: readonly string[]) => void) => {
      for (const [index, lines] of titles.entries()) {
        const place = this.#places[index];
        if (place) as(place, lines);
      }
    };
    const cell = (place: Place, lines: readonly string[]) => this.#cell(place, lines, top + PAD, head);
    if (this.#isFirst)
      paper.within("TR", () =>
        draw((place, lines) => paper.leaf("TH", () => cell(place, lines), { scope: "Column" })),
      );
    else paper.artifact(() => draw(cell));
    this.#isFirst = false;
    paper.y = top + height;
  }
}

function placesOf(paper: Paper, columns: readonly Column[]): Place[] {
  const weights = columns.map(({ weight = 1 }) => weight);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let x = paper.left;
  return columns.map(({ kind }, index) => {
    const width = ((weights[index] ?? 1) / all) * paper.width;
    const place = { x: x + PAD, width: width - 2 * PAD, isAmount: kind !== "text" && kind !== "instant" };
    x += width;
    return place;
  });
}
