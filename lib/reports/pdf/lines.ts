/** The width of a text in points, in a face and size that the caller has chosen. */
export type Measure = (text: string) => number;

/**
 * A text in lines that are no wider than `width`: broken at spaces, after the marks that join the parts of a long name,
 * and inside a word only where it is wider by itself. No letter is lost; what cannot be seen becomes a space.
 */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  return visible(text)
    .split("\n")
    .flatMap((paragraph) => linesOf(paragraph, width, measure));
}

/** One line's worth of a text without breaks: what cannot be seen, or turns the order of letters, is a space. */
const visible = (text: string) =>
  text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (char) =>
      char === "\n" ? "\n" : " ",
    );

function linesOf(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.match(/\s*\S+|\s+$/g) ?? []) {
    if (measure((line + word).trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    const parts = piecesOf(word.trimStart(), width, measure);
    line = parts.pop() ?? "";
    lines.push(...parts);
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** A word in pieces that fit: after its marks, and by letters where a part between marks is too long itself. */
function piecesOf(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  const add = (part: string) => {
    if (piece !== "" && measure(piece + part) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += part;
  };
  for (const part of word.match(/[^-/_.:,@=]*[-/_.:,@=]*/g) ?? [])
    if (measure(part) <= width) add(part);
    else for (const letter of part) add(letter);
  return [...pieces, piece];
}
