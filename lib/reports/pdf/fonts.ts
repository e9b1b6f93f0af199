import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";

/** How letters are set: the text face in two weights, and one of equal widths. */
export type Face = "regular" | "semibold" | "mono";

/** A font by the name under which it is registered: its file, and which letters it is for. */
export type Font = { name: string; file: Buffer; has: (codePoint: number) => boolean };

const subsets = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"];
const weights = { regular: "400", semibold: "600" } as const;
const others = {
  regular: "DejaVuSans.ttf",
  semibold: "DejaVuSans-Bold.ttf",
  mono: "DejaVuSansMono.ttf",
} as const satisfies Record<Face, string>;

let read: Readonly<Record<Face, readonly Font[]>> | null = null;

/**
 * The fonts of each face, the first that has a letter sets it: Inter, then DejaVu for what Inter has not. The last one
 * has all: what it cannot draw is shown as a box, so that nobody takes a name for another.
 */
export function fontsByFace(): Readonly<Record<Face, readonly Font[]>> {
  read ??= { regular: textFonts("regular"), semibold: textFonts("semibold"), mono: [lastFont("mono")] };
  return read;
}

function textFonts(face: "regular" | "semibold"): Font[] {
  const folder = packageFile("@fontsource/inter");
  const ranges = JSON.parse(readFileSync(path.join(folder, "unicode.json"), "utf8")) as Record<
    string,
    string
  >;
  const inter = subsets.map((subset) => ({
    name: `${face}.${subset}`,
    file: readFileSync(path.join(folder, "files", `inter-${subset}-${weights[face]}-normal.woff`)),
    has: within(ranges[subset] ?? ""),
  }));
  return [...inter, lastFont(face)];
}

function lastFont(face: Face): Font {
  return {
    name: `${face}.other`,
    file: readFileSync(path.join(packageFile("dejavu-fonts-ttf"), "ttf", others[face])),
    has: () => true,
  };
}

/** Files of packages are read as they lie, beside the migrations: a bundler would look for them elsewhere. */
const packageFile = (name: string) => path.join(process.cwd(), "node_modules", name);

/** Whether a code point is in one of the ranges of a `unicode-range`: "U+0000-00FF,U+0131". */
function within(text: string): (codePoint: number) => boolean {
  const ranges = text.split(",").map((range) => {
    const [from = "0", to = from] = range.trim().slice(2).split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}
