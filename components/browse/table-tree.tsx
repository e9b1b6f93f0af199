import { escapeHtml } from "@/components/ui/escape-html";
import type { TreeLeaf, TreeSource } from "@/lib/browse/view";

/**
 * Sources, schemas and tables; plain links that `SoftLinks` of the frame follows and `TreePanel` searches. Tables by
 * the hundred, on every page: one text of HTML, as plain as they are.
 */
export function TableTree({ sources, id }: { sources: readonly TreeSource[]; id: string }) {
  const html = sources.map((source) => sourceHtml(source, id)).join("");
  // oxlint-disable-next-line react/no-danger -- every name goes through escapeHtml
  return <nav id={id} aria-label="Tables" className="tree-list" dangerouslySetInnerHTML={{ __html: html }} />;
}

function sourceHtml({ name, slug, schemas }: TreeSource, id: string): string {
  const inner =
    schemas.length === 0
      ? '<p class="px-2 py-1 text-ink-muted">No tables yet</p>'
      : schemas.map((schema) => schemaHtml(schema, schemas.length === 1)).join("");
  return `<details id="${escapeHtml(`${id}-${slug}`)}" open><summary>${escapeHtml(name)}</summary>${inner}</details>`;
}

const foldedFrom = 60;

function schemaHtml({ name, tables }: TreeSource["schemas"][number], isOnly: boolean): string {
  const list = `<ul>${leavesHtml(tables)}</ul>`;
  if (isOnly) return list;
  const open = tables.length <= foldedFrom ? " open" : "";
  return `<details class="pl-2"${open}><summary>${escapeHtml(name)}</summary>${list}</details>`;
}

const leavesHtml = (leaves: readonly TreeLeaf[]): string => leaves.map(leafHtml).join("");

function leafHtml({ href, name, isReadable, rows, partitions }: TreeLeaf): string {
  const beside = isReadable ? rows : "no right";
  const aside = beside === null ? "" : `<span>${escapeHtml(beside)}</span>`;
  const link = `<a href="${escapeHtml(href)}" data-soft=""><span>${escapeHtml(name)}</span>${aside}</a>`;
  return `<li>${link}${partitions.length === 0 ? "" : partsHtml(partitions)}</li>`;
}

function partsHtml(partitions: readonly TreeLeaf[]): string {
  const summary = `<summary>${partitions.length} partitions</summary>`;
  return `<details class="pl-3">${summary}<ul>${leavesHtml(partitions)}</ul></details>`;
}
