import { Database } from "lucide";
import type { Metadata } from "next";
import { RecentTables } from "@/components/browse/recent-tables";
import { SearchLink } from "@/components/browse/search-link";
import { TableTree } from "@/components/browse/table-tree";
import { TreeSearch } from "@/components/browse/tree-panel";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listRecentTables } from "@/lib/browse/list-recent-tables";
import { listTree } from "@/lib/browse/list-tree";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Browse" };

export default async function BrowsePage() {
  const ctx = await pageContext("browse");
  const [sources, recent] = await Promise.all([listTree(ctx), listRecentTables(ctx)]);
  return (
    <Page>
      <PageHeader
        title="Browse"
        description="Every table of every source, with what is sensitive under a veil."
        actions={<SearchLink href="/search" />}
      />
      {sources.length === 0 ? (
        <EmptyState icon={Database} title="There is no source yet">
          A steward adds one under Catalogue. Then its tables are listed here.
        </EmptyState>
      ) : (
        <>
          {recent.length > 0 && <RecentTables tables={recent} />}
          <section aria-label="All tables" className="tree-wide">
            <TreeSearch treeId="all-tables" />
            <TableTree id="all-tables" sources={sources} />
          </section>
        </>
      )}
    </Page>
  );
}
