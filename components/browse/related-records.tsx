import type { RelatedView } from "@/lib/browse/view";
import { buttonClass } from "@/components/ui/button";
import { DataGrid } from "./data-grid";

/** The first records that a relation leads to, and the way to all of them. */
export async function RelatedRecords({ related }: { related: Promise<RelatedView> }) {
  const view = await related;
  if (!view.ok) return <p className="py-4 text-sm text-ink-muted">{view.words}</p>;
  if (view.grid.rows.length === 0) return <p className="py-4 text-sm text-ink-muted">There are none.</p>;
  return (
    <div className="grid gap-2">
      <DataGrid grid={view.grid} kind="related" />
      <p className="flex items-center gap-3 text-sm text-ink-muted">
        {view.hasMore ? `The first ${view.grid.rows.length} records.` : `${view.grid.rows.length} in all.`}
        <a href={view.allHref} data-soft="" className={buttonClass({ size: "sm", variant: "quiet" })}>
          Open in {view.grid.label}
        </a>
      </p>
    </div>
  );
}
