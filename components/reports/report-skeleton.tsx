import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of a report on its way. */
export function ReportSkeleton() {
  return (
    <div aria-busy="true" className="late grid gap-6">
      <p className="sr-only" role="status">
        The report is being made
      </p>
      <div className="grid gap-3 rounded-md border bg-surface p-4">
        <Skeleton className="w-80 max-w-full" />
        <Skeleton className="w-56" />
      </div>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        {["requests", "waits", "shares", "counts"].map((name) => (
          <span key={name} className="grid gap-2 rounded-md border bg-surface p-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-16" />
          </span>
        ))}
      </div>
      <TableSkeleton label="" rows={8} columns={5} />
    </div>
  );
}
