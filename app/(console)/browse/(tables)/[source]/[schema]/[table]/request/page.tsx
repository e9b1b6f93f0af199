import type { Metadata } from "next";
import { prove } from "@/app/(console)/actions";
import {
  emergencyAllThatMatch,
  previewAllThatMatch,
  submitAllThatMatch,
} from "@/app/(console)/requests/actions";
import { fieldOf } from "@/components/browse/field-choice";
import { CohortPage } from "@/components/requests/cohort-page";
import { tablePath } from "@/lib/browse/addresses";
import { columnView } from "@/lib/browse/column-view";
import { parseTableState, tableQuery, type SearchParams } from "@/lib/browse/table-state";
import { keyOf } from "@/lib/catalog/table";
import { cohortQuery, cohortWords } from "@/lib/requests/cohort";
import { pageContext } from "@/lib/web/context";
import { tableOfPage, type TableParams } from "@/lib/web/table-of-page";

type Props = {
  params: TableParams;
  searchParams: Promise<SearchParams>;
};

export const metadata: Metadata = { title: "Request for all that match" };

export default async function RequestAllPage({ params, searchParams }: Props) {
  const ctx = await pageContext("request");
  const table = await tableOfPage(ctx, params, "request");
  const state = parseTableState(table, await searchParams);
  const query = cohortQuery(state);
  const isSound = query !== "" && state.problems.length === 0 && keyOf(table) !== null;
  return (
    <CohortPage
      table={{ id: table.id, name: table.name, path: tablePath(table), source: table.source }}
      backHref={tablePath(table) + tableQuery(state)}
      words={isSound ? cohortWords(table, query) : null}
      fields={table.columns.flatMap((column) => fieldOf(columnView(column)) ?? [])}
      actions={{
        preview: previewAllThatMatch.bind(null, query),
        submit: submitAllThatMatch.bind(null, query),
        breakGlass: emergencyAllThatMatch.bind(null, query),
        prove,
      }}
    />
  );
}
