import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { changeTableView, keepTableView, removeTableView } from "@/app/(console)/browse/actions";
import { ViewsPage } from "@/components/browse/views-page";
import { tablePath } from "@/lib/browse/addresses";
import { listViews } from "@/lib/browse/list-views";
import { viewQuery, viewWords } from "@/lib/browse/saved-view";
import { parseTableState, type SearchParams } from "@/lib/browse/table-state";
import { readTable } from "@/lib/catalog/read-table";
import { Refusal } from "@/lib/refusal";
import { pageContext } from "@/lib/web/context";

type Props = {
  params: Promise<{ source: string; schema: string; table: string }>;
  searchParams: Promise<SearchParams>;
};

export const metadata: Metadata = { title: "Views" };

export default async function TableViewsPage({ params, searchParams }: Props) {
  const ctx = await pageContext("browse");
  const { source, schema, table: name } = await params;
  const table = await readTable(ctx, {
    source: decodeURIComponent(source),
    schema: decodeURIComponent(schema),
    table: decodeURIComponent(name),
  }).catch(missing);
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

function missing(error: unknown): never {
  if (error instanceof Refusal && error.code === "not-found") notFound();
  throw error;
}
