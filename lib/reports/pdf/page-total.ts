import "server-only";
import { colours } from "@/lib/reports/pdf/colours";

type Doc = PDFKit.PDFDocument;

const HEIGHT = 10;

/**
 * The number of all pages, drawn on each of them before it is known: a form that pages refer to and that is written last,
 * so that pages need not wait in memory for it.
 */
export class PageTotal {
  static readonly WIDTH = 20;
  readonly #doc: Doc;
  readonly #form: PDFKit.PDFKitReference;
  readonly #fonts: Record<string, unknown> = {};

  constructor(doc: Doc) {
    this.#doc = doc;
    this.#form = doc.ref({
      Type: "XObject",
      Subtype: "Form",
      FormType: 1,
      BBox: [0, 0, PageTotal.WIDTH, HEIGHT],
      Resources: { Font: this.#fonts },
    });
  }

  /** Refers to the number, with its upper left corner there. */
  draw(x: number, y: number): void {
    const doc = this.#doc;
    doc.page.xobjects["Total"] = this.#form;
    doc.save();
    // The form has its origin below, as PDF has; the page was turned to have it above.
    doc.transform(1, 0, 0, -1, x, y + HEIGHT);
    doc.addContent("/Total Do");
    doc.restore();
  }

  /** Writes the number, once; the document draws into the form as if it were a page. */
  fill(text: string): void {
    const doc = this.#doc;
    const page = doc.page;
    this.#form.write(`1 0 0 -1 0 ${HEIGHT} cm`);
    const write = (chunk: unknown) => this.#form.write(chunk as string);
    doc.page = Object.create(page, {
      height: { value: HEIGHT },
      fonts: { value: this.#fonts },
      write: { value: write },
    }) as PDFKit.PDFPage;
    doc.font("regular.latin").fontSize(7.5).fillColor(colours.muted);
    doc.text(text, 0, 7.5 * 0.95, { lineBreak: false, baseline: "alphabetic" });
    doc.page = page;
    this.#form.end("");
  }
}
