import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { cellMarks } from "@/components/browse/cell-marks";
import { TablePage } from "@/components/browse/table-page";
import { Total } from "@/components/browse/total";
import { tablePath } from "@/lib/browse/addresses";
import { browseTable } from "@/lib/browse/browse-table";
import { estimateTotal } from "@/lib/browse/estimate-total";
import { listViews } from "@/lib/browse/list-views";
import { openTable } from "@/lib/browse/open-table";
import { viewQuery } from "@/lib/browse/saved-view";
import { parseTableState, tableQuery, type SearchParams } from "@/lib/browse/table-state";
import { tablePageView } from "@/lib/browse/table-page-view";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { lookupColumns } from "@/lib/lookups/lookup-columns";
import { listPendingCells } from "@/lib/requests/list-pending-cells";
import { pageContext } from "@/lib/web/context";
import { tableOfPage, type TableParams } from "@/lib/web/table-of-page";
import { requestActions, revealActions } from "@/app/(console)/requests/action-props";

type Props = {
  params: TableParams;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).table) };
}

export default async function BrowseTablePage({ params, searchParams }: Props) {
  const ctx = await pageContext("browse");
  const table = await tableOfPage(ctx, params);
  const search = await searchParams;
  const state = parseTableState(table, search);
  // The form that adds a filter says it in fields of its own; the page has one address for one state.
  if (search["column"] !== undefined && state.problems.length === 0)
    redirect(tablePath(table) + tableQuery(state));
  const total = estimateTotal(ctx, table, state.filters);
  // Its answer is used below or not at all: its failure must not end the process.
  total.catch(() => undefined);
  const [browsed, pending, grants, views, jar] = await Promise.all([
    browseTable(ctx, table, state),
    listPendingCells(ctx, table.id),
    listLiveGrants(ctx, { tableId: table.id }),
    listViews(ctx, table, state),
    cookies(),
    openTable(ctx, table),
  ]);
  const view = tablePageView(table, state, browsed);
  return (
    <TablePage
      view={view}
      marks={cellMarks(pending, grants)}
      grants={grants}
      isComfortable={jar.get("glimpse-rows")?.value === "comfortable"}
      requestActions={requestActions}
      revealActions={revealActions}
      canFind={lookupColumns(table).length > 0}
      views={views}
      viewQuery={viewQuery(state)}
      total={
        view.exactTotal === null && (
          <Suspense>
            <Total estimate={total} isFiltered={state.filters.length > 0} />
          </Suspense>
        )
      }
    />
  );
}
