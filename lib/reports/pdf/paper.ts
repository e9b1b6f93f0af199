import "server-only";
import PDFDocument from "pdfkit";
import { colours } from "@/lib/reports/pdf/colours";
import { fontsByFace, type Face } from "@/lib/reports/pdf/fonts";
import { wrapped } from "@/lib/reports/pdf/lines";
import { PageTotal } from "@/lib/reports/pdf/page-total";

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

/** How a text is set. Sizes in points. */
export type Look = { face?: Face; size?: number; colour?: string };

/** Words whose width is kept. */
const MOST_WIDTHS = 20_000;

type LeafOptions = { alt?: string; scope?: "Column" };

/** What a document says of itself, beside its pages. */
export type PaperInfo = { title: string; subject: string; author: string; madeAt: Date; foot: string };

const margins = { top: 56, bottom: 58, left: 56, right: 56 };

/**
 * Pages of A4 that are written from top to bottom, tagged for readers of screens. `y` is where the next thing goes. What
 * is done with a page leaves the memory; `take` gives the bytes that are ready.
 */
export class Paper {
  readonly doc: Doc;
  readonly #total: PageTotal;
  readonly #foot: string;
  readonly #elements: Element[] = [];
  readonly #fontOf = new Map<string, string>();
  readonly #widths = new Map<string, number>();
  #pages = 0;
  y = margins.top;

  constructor({ title, subject, author, madeAt, foot }: PaperInfo) {
    this.doc = new PDFDocument({
      autoFirstPage: false,
      size: "A4",
      margins,
      pdfVersion: "1.7",
      lang: "en-GB",
      tagged: true,
      displayTitle: true,
      info: {
        Title: title,
        Subject: subject,
        Author: author,
        Creator: "Glimpse",
        CreationDate: madeAt,
        ModDate: madeAt,
      },
    });
    for (const fonts of Object.values(fontsByFace()))
      for (const { name, file } of fonts) this.doc.registerFont(name, file);
    this.#total = new PageTotal(this.doc);
    this.#foot = foot;
    const root = this.doc.struct("Document");
    this.doc.addStructure(root);
    this.#elements.push(root);
  }

  get left(): number {
    return margins.left;
  }

  get width(): number {
    return this.doc.page.width - margins.left - margins.right;
  }

  /** The number of the page that is written now, from 1. */
  get pageNumber(): number {
    return this.#pages;
  }

  /** Points that are left on this page. */
  get room(): number {
    return this.doc.page.height - margins.bottom - this.y;
  }

  /** Begins a page; its foot says which one it is. */
  page(layout: "portrait" | "landscape" = "portrait"): void {
    this.doc.addPage({ size: "A4", margins, layout });
    this.#pages += 1;
    this.y = margins.top;
    this.artifact(() => this.#drawFoot());
  }

  /** Begins another page of the same form where so many points are not left; whether it did. */
  need(height: number): boolean {
    if (height <= this.room) return false;
    this.page(this.doc.page.layout === "landscape" ? "landscape" : "portrait");
    return true;
  }

  /** What is drawn inside belongs to an element of this type. */
  within(type: string, draw: () => void): void {
    const element = this.open(type);
    draw();
    this.close(element);
  }

  /** Opens an element that later ones belong to, until it is closed. */
  open(type: string): Element {
    const element = this.doc.struct(type);
    this.#elements.at(-1)?.add(element);
    this.#elements.push(element);
    return element;
  }

  close(element: Element): void {
    this.#elements.splice(this.#elements.lastIndexOf(element), 1);
    element.end();
  }

  /** Draws what is read as one thing of this type; `alt` says in words what a picture shows. */
  leaf(type: string, draw: () => void, options: LeafOptions = {}): void {
    // What a head is the head of, pdfkit knows and its types do not.
    const element = this.doc.struct(type, options as { alt?: string });
    this.#elements.at(-1)?.add(element);
    element.add(this.doc.markStructureContent(type));
    draw();
    this.doc.endMarkedContent();
    element.end();
  }

  /** Draws what says nothing: lines, feet, heads that were read before. */
  artifact(draw: () => void): void {
    this.doc.markContent("Artifact", { type: "Pagination" });
    draw();
    this.doc.endMarkedContent();
  }

  /** The width of a text in points: that of its words and spaces, each of which is measured once. */
  measure(text: string, { face = "regular", size = 10 }: Look = {}): number {
    return text.split(/(?<=\s)|(?=\s)/).reduce((sum, word) => sum + this.#widthOf(word, face) * size, 0);
  }

  /** The width of a word in a size of 1. */
  #widthOf(word: string, face: Face): number {
    const key = `${face}${word}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = this.#runs(word, face).reduce(
      (sum, run) => sum + this.doc.font(run.font).fontSize(100).widthOfString(run.text) / 100,
      0,
    );
    if (this.#widths.size > MOST_WIDTHS) this.#widths.clear();
    this.#widths.set(key, width);
    return width;
  }

  /** A text in lines of at most this width. */
  lines(text: string, width: number, look: Look = {}): string[] {
    return wrapped(text, width, (part) => this.measure(part, look));
  }

  /** Draws one line with its upper edge at `y`; aligned to `x`, or ending there. */
  line(text: string, x: number, y: number, look: Look & { ends?: boolean } = {}): void {
    const { face = "regular", size = 10, colour = colours.ink, ends = false } = look;
    let at = ends ? x - this.measure(text, look) : x;
    for (const run of this.#runs(text, face)) {
      this.doc.font(run.font).fontSize(size).fillColor(colour);
      // Fonts stand on one line, whatever they keep above it.
      this.doc.text(run.text, at, y + size * 0.95, { lineBreak: false, baseline: "alphabetic" });
      at += this.doc.widthOfString(run.text);
    }
  }

  /** Writes a text in lines, over pages where it has to. */
  text(text: string, look: Look & { type?: string; indent?: number; leading?: number } = {}): void {
    const { size = 10, type = "P", indent = 0, leading = size * 1.45 } = look;
    const rest = this.lines(text, this.width - indent, look);
    while (rest.length > 0) {
      this.need(leading);
      const part = rest.splice(0, Math.max(1, Math.floor(this.room / leading)));
      this.leaf(type, () => {
        for (const one of part) {
          this.line(one, this.left + indent, this.y, look);
          this.y += leading;
        }
      });
    }
  }

  /** A thin line across. */
  rule(colour: string = colours.line): void {
    const { y } = this;
    this.artifact(() =>
      this.doc
        .moveTo(this.left, y)
        .lineTo(this.left + this.width, y)
        .lineWidth(0.75)
        .strokeColor(colour)
        .stroke(),
    );
  }

  /** The bytes that are ready, and leave the memory with this. */
  *take(): Generator<Uint8Array> {
    for (
      let chunk = this.doc.read() as Buffer | null;
      chunk !== null;
      chunk = this.doc.read() as Buffer | null
    )
      yield chunk;
  }

  /** Ends the document: from now on every foot knows how many pages there are. */
  end(): void {
    this.#total.fill(String(this.#pages));
    for (const element of this.#elements.splice(0).reverse()) element.end();
    this.doc.end();
  }

  #drawFoot(): void {
    const y = this.doc.page.height - 40;
    const right = this.left + this.width;
    const look: Look = { size: 7.5, colour: colours.muted };
    this.line(this.#foot, this.left, y, look);
    const words = `Page ${this.#pages} of `;
    const x = right - PageTotal.WIDTH;
    this.line(words, x, y, { ...look, ends: true });
    this.#total.draw(x, y);
  }

  /** A text in runs of one font each; a letter stays with the font before it where that has it too. */
  #runs(text: string, face: Face): { font: string; text: string }[] {
    const runs: { font: string; text: string }[] = [];
    for (const letter of text) {
      const font = this.#font(letter, face);
      const last = runs.at(-1);
      if (last && (last.font === font || letter === " ")) last.text += letter;
      else runs.push({ font, text: letter });
    }
    return runs;
  }

  #font(letter: string, face: Face): string {
    const key = `${face}${letter}`;
    const known = this.#fontOf.get(key);
    if (known !== undefined) return known;
    const codePoint = letter.codePointAt(0) ?? 0;
    const font = fontsByFace()[face].find(({ has }) => has(codePoint))?.name ?? `${face}.other`;
    this.#fontOf.set(key, font);
    return font;
  }
}
