import { escapeHtml } from "@/components/ui/escape-html";
import type { TreeLeaf, TreeSource } from "@/lib/browse/view";

/** Sources, schemas and tables; plain links that `SoftLinks` of the frame follows and `TreePanel` searches. */
export function TableTree({ sources, id }: { sources: readonly TreeSource[]; id: string }) {
  return (
    <nav id={id} aria-label="Tables" className="tree-list">
      {sources.map((source) => (
        <details key={source.slug} id={`${id}-${source.slug}`} open>
          <summary>{source.name}</summary>
          {source.schemas.map((schema) =>
            source.schemas.length === 1 ? (
              <Leaves key={schema.name} leaves={schema.tables} />
            ) : (
              <details key={schema.name} open={schema.tables.length <= 60} className="pl-2">
                <summary>{schema.name}</summary>
                <Leaves leaves={schema.tables} />
              </details>
            ),
          )}
          {source.schemas.length === 0 && <p className="px-2 py-1 text-ink-muted">No tables yet</p>}
        </details>
      ))}
    </nav>
  );
}

/** Tables by the hundred, on every page: one text of HTML, as plain as they are. */
function Leaves({ leaves }: { leaves: readonly TreeLeaf[] }) {
  // oxlint-disable-next-line react/no-danger -- every name goes through escapeHtml
  return <ul dangerouslySetInnerHTML={{ __html: leavesHtml(leaves) }} />;
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
