import type { HomeTable } from "@/lib/home/view";
import { SoftLink } from "@/components/ui/soft-link";
import { HomeCard, Nothing } from "./home-card";

/** The tables one was in last, one click away. */
export function TablesCard({ tables }: { tables: readonly HomeTable[] }) {
  return (
    <HomeCard title="Opened last" more={{ href: "/browse", label: "All tables" }}>
      {tables.length === 0 ? (
        <Nothing>You have opened no table yet. Everything sensitive in it is masked until you ask.</Nothing>
      ) : (
        <ul>
          {tables.map(({ name, source, href }) => (
            <li key={href} className="border-b last:border-0">
              <SoftLink href={href} className="flex items-baseline gap-3 px-4 py-2 hover:bg-hover">
                <span className="truncate font-medium">{name}</span>
                <span className="ml-auto truncate text-sm text-ink-muted">{source}</span>
              </SoftLink>
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  );
}
