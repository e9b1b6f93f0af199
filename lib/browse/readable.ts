import type { TypeCategory } from "@/lib/catalog/column-type";

/** How much of a value a cell of the table shows; the record page shows it in full. */
const cellCharacters = 160;

/** A value as a cell of the table shows it: on one line, in the notation that reads best, cut where it is long. */
export function readableCell(text: string, category: TypeCategory): string {
  const readable =
    category === "array" ? arrayText(text) : category === "timestamp" ? momentText(text) : text;
  return readable.length > cellCharacters ? `${readable.slice(0, cellCharacters)}…` : readable;
}

/** A value as the record page shows it: json on many lines, arrays as a list, all else as it is. */
export function readableInFull(text: string, category: TypeCategory): string {
  if (category === "json") return jsonLines(text);
  return category === "array" ? (arrayItems(text)?.join("\n") ?? text) : text;
}

/** Without the part of a second and the zone: sessions with a source speak UTC. */
function momentText(text: string): string {
  return text.replace(/(:\d\d)\.\d+/u, "$1").replace(/\+00$/u, "");
}

function arrayText(text: string): string {
  return arrayItems(text)?.join(", ") ?? text;
}

/** The items of a one-dimensional array as PostgreSQL prints it; null for what is not one, or was cut. */
export function arrayItems(text: string): string[] | null {
  if (!/^\{[^]*\}$/u.test(text)) return null;
  const items: string[] = [];
  const item = /(?:"((?:[^"\\]|\\[^])*)"|([^{}",\\]+))(,|$)/uy;
  const inside = text.slice(1, -1);
  if (inside === "") return [];
  while (item.lastIndex < inside.length) {
    const [whole, quoted, plain = "", end] = item.exec(inside) ?? [];
    if (whole === undefined) return null;
    items.push(quoted === undefined ? plain : quoted.replace(/\\([^])/gu, "$1"));
    if (end === "" && item.lastIndex !== inside.length) return null;
    if (end === "") break;
  }
  return items;
}

/** JSON with one member a line. The text is only spaced out, not parsed: large numbers stay as they are. */
function jsonLines(json: string): string {
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return json.replace(/"(?:[^"\\]|\\[^])*"|[[{]\s*[\]}]|[[\]{},:]|\s+/gu, (token) => {
    if (/^\s/u.test(token)) return "";
    if (token === "{" || token === "[") return (depth++, token + line());
    if (token === "}" || token === "]") return (depth--, line() + token);
    if (token === ",") return token + line();
    return token === ":" ? ": " : token;
  });
}
