import type { RecentTable } from "@/lib/browse/view";

/** The tables one was in last, one click away. */
export function RecentTables({ tables }: { tables: readonly RecentTable[] }) {
  return (
    <section aria-labelledby="recent" className="grid gap-2">
      <h2 id="recent" className="text-sm font-semibold">
        Opened last
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {tables.map(({ name, source, href }) => (
          <li key={href}>
            <a
              href={href}
              data-soft=""
              className="block rounded-md border bg-surface px-3 py-2 hover:border-line-strong"
            >
              <span className="block truncate font-medium">{name}</span>
              <span className="block truncate text-sm text-ink-muted">{source}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
