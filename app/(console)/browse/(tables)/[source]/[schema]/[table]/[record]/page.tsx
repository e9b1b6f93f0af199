import type { Metadata } from "next";
import { Suspense } from "react";
import { checkSaid } from "@/app/(console)/browse/actions";
import { requestActions, revealActions } from "@/app/(console)/requests/action-props";
import { cellMarks } from "@/components/browse/cell-marks";
import { RecordGone, RecordPage } from "@/components/browse/record-page";
import { RelatedRecords } from "@/components/browse/related-records";
import { TableSkeleton } from "@/components/ui/skeleton";
import { openTable } from "@/lib/browse/open-table";
import { readRecord } from "@/lib/browse/read-record";
import { readReferences } from "@/lib/browse/read-references";
import { recordView } from "@/lib/browse/record-view";
import { relatedRecords } from "@/lib/browse/related-records";
import { relationsOf } from "@/lib/browse/related";
import type { SearchParams } from "@/lib/browse/table-state";
import { tablePath } from "@/lib/browse/addresses";
import { troubleOf } from "@/lib/browse/trouble";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { checkableFields } from "@/lib/lookups/lookup-columns";
import { seenHref } from "@/lib/reports/seen-href";
import { listPendingCells } from "@/lib/requests/list-pending-cells";
import { pageContext } from "@/lib/web/context";
import { tableOfPage } from "@/lib/web/table-of-page";

export const metadata: Metadata = { title: "Record" };

type Props = {
  params: Promise<{ source: string; schema: string; table: string; record: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function BrowseRecordPage({ params, searchParams }: Props) {
  const ctx = await pageContext("browse");
  const { record } = await params;
  const table = await tableOfPage(ctx, params);
  const [read, pending, grants, search] = await Promise.all([
    readRecord(ctx, table, record),
    listPendingCells(ctx, table.id),
    listLiveGrants(ctx, { tableId: table.id }),
    searchParams,
    openTable(ctx, table),
  ]);
  if (read.state !== "found") {
    const trouble = read.state === "failed" ? troubleOf(read.failure.reason) : null;
    return <RecordGone tableName={table.name} tablePath={tablePath(table)} trouble={trouble} />;
  }
  const hrefs = await readReferences(ctx, table, read.cells);
  const relations = relationsOf(table);
  const wanted = relations.find(({ id }) => id === search["related"]) ?? relations[0];
  return (
    <RecordPage
      view={recordView(table, record, read.cells, hrefs)}
      marks={cellMarks(pending, grants).get(record)}
      grants={grants.filter((grant) => grant.records.includes(record))}
      requestActions={requestActions}
      revealActions={revealActions}
      checks={checkableFields(table)}
      checkAction={checkSaid}
      seenHref={await seenHref(ctx, table, record)}
      current={wanted?.id ?? null}
      related={
        wanted !== undefined && (
          <Suspense key={wanted.id} fallback={<TableSkeleton label="Reading related records" rows={4} />}>
            <RelatedRecords related={relatedRecords(ctx, table, read.cells, wanted)} />
          </Suspense>
        )
      }
    />
  );
}
