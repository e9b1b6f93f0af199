import { ProgressBar } from "@/components/ui/bars";
import { Badge } from "@/components/ui/badge";
import type { ReviewCounts } from "@/lib/catalog/view";

/** How far a review is: a bar with the numbers beside it. */
export function ReviewProgress({ label, counts }: { label: string; counts: ReviewCounts }) {
  const { columns, confirmed } = counts;
  return (
    <div className="grid min-w-44 grid-cols-[minmax(64px,1fr)_88px] items-center gap-x-2">
      <ProgressBar label={label} value={confirmed} of={columns} />
      <span className="text-xs whitespace-nowrap text-ink-muted tabular-nums">
        {confirmed.toLocaleString("en-US")} of {columns.toLocaleString("en-US")}
      </span>
    </div>
  );
}

/** What is left to do, in words. */
export function ReviewLeft({ counts }: { counts: ReviewCounts }) {
  const waiting = counts.sure + counts.likely + counts.unsure;
  if (counts.changed > 0) return <Badge tone="danger">{counted(counts.changed)} changed</Badge>;
  if (waiting > 0) return <span className="text-ink-muted">{counted(waiting)} to review</span>;
  return <span className="text-ink-faint">{counts.columns > 0 ? "Reviewed" : "No columns"}</span>;
}

const counted = (count: number) => `${count.toLocaleString("en-US")} ${count === 1 ? "column" : "columns"}`;
