import { attributesHtml, escapeHtml } from "@/components/ui/escape-html";
import { boxLabel, type GridCell } from "./grid-cell";

/** A row as HTML. Everything that comes from a source or a name goes through `escapeHtml` and nothing else does. */
export function rowHtml(cells: readonly GridCell[], handle: string | null, box: number | null): string {
  const name = box === null || handle === null ? "" : ` data-r="${escapeHtml(handle)}"`;
  return `<tr${name}>${box === null ? "" : boxHtml(handle, box)}${cells.map(cellHtml).join("")}</tr>`;
}

function boxHtml(handle: string | null, index: number): string {
  if (handle === null) return "<td></td>";
  return `<td><input type="checkbox" class="check" tabindex="-1" aria-label="${boxLabel(index)}"/></td>`;
}

function cellHtml({ tag, attributes, text, link }: GridCell): string {
  const inner = link === undefined ? escapeHtml(text) : `<a${attributesHtml(link)}>${escapeHtml(text)}</a>`;
  return `<${tag}${sharedHtml(attributes)}>${inner}</${tag}>`;
}

const written = new WeakMap<object, string>();

function sharedHtml(attributes: Readonly<Record<string, string>>): string {
  let html = written.get(attributes);
  if (html === undefined) written.set(attributes, (html = attributesHtml(attributes)));
  return html;
}
