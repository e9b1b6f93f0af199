import type { Metadata } from "next";
import { changeTableView, keepTableView, removeTableView } from "@/app/(console)/browse/actions";
import { ViewsPage } from "@/components/browse/views-page";
import { tablePath } from "@/lib/browse/addresses";
import { listViews } from "@/lib/browse/list-views";
import { viewQuery, viewWords } from "@/lib/browse/saved-view";
import { parseTableState, type SearchParams } from "@/lib/browse/table-state";
import { pageContext } from "@/lib/web/context";
import { tableOfPage, type TableParams } from "@/lib/web/table-of-page";

type Props = {
  params: TableParams;
  searchParams: Promise<SearchParams>;
};

export const metadata: Metadata = { title: "Views" };

export default async function TableViewsPage({ params, searchParams }: Props) {
  const ctx = await pageContext("browse");
  const table = await tableOfPage(ctx, params);
  const search = await searchParams;
  const state = parseTableState(table, search);
  const query = viewQuery(state);
  const views = await listViews(ctx, table, state);
  return (
    <ViewsPage
      table={{ id: table.id, name: table.name, path: tablePath(table), source: table.source }}
      views={views}
      wanted={query === "" ? null : { query, words: viewWords(state) }}
      changing={views.find(({ id, owner }) => owner === null && id === search["change"]) ?? null}
      actions={{ keep: keepTableView, change: changeTableView, remove: removeTableView }}
    />
  );
}
