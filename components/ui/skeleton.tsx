import { cx } from "./cx";

/** A grey stand-in for something that is on its way. Shows itself only after 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("skeleton", className)} />;
}

const widths = ["w-16", "w-28", "w-20", "w-36", "w-24", "w-12"];

/** The shape of a dense table. */
export function TableSkeleton({
  label,
  rows = 16,
  columns = 6,
}: {
  label: string;
  rows?: number;
  columns?: number;
}) {
  return (
    <div aria-busy="true" className="late overflow-hidden rounded-md border bg-surface">
      <p className="sr-only">{label}</p>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={cx(
            "flex h-(--row) items-center gap-8 border-b px-3 last:border-0",
            row === 0 && "bg-sunken",
          )}
        >
          {Array.from({ length: columns }, (_, column) => (
            <span key={column} className="w-36 shrink-0">
              <Skeleton className={widths[(row * 5 + column * 7) % widths.length] ?? "w-20"} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** The shape of a title and its fields. */
export function DetailSkeleton({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div aria-busy="true" className="late grid gap-4">
      <p className="sr-only">{label}</p>
      <Skeleton className="h-6 w-56" />
      <Skeleton className="w-80" />
      <div className="grid gap-3 rounded-md border bg-surface p-4">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex gap-6">
            <Skeleton className="w-28" />
            <Skeleton className={widths[(row * 5) % widths.length] ?? "w-20"} />
          </div>
        ))}
      </div>
    </div>
  );
}
