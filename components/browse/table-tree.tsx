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

function Leaves({ leaves }: { leaves: readonly TreeLeaf[] }) {
  return (
    <ul>
      {leaves.map((leaf) => (
        <li key={leaf.href}>
          <a href={leaf.href} data-soft="">
            <span>{leaf.name}</span>
            {leaf.isReadable ? leaf.rows !== null && <span>{leaf.rows}</span> : <span>no right</span>}
          </a>
          {leaf.partitions.length > 0 && (
            <details className="pl-3">
              <summary>{leaf.partitions.length} partitions</summary>
              <Leaves leaves={leaf.partitions} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
