import type { Metadata } from "next";
import { FindPage } from "@/components/lookups/find-page";
import { tablePath } from "@/lib/browse/addresses";
import { lookupChoice, lookupColumns } from "@/lib/lookups/lookup-columns";
import { pageContext } from "@/lib/web/context";
import { tableOfPage, type TableParams } from "@/lib/web/table-of-page";
import { findRecord } from "@/app/(console)/browse/actions";

type Props = { params: TableParams };

export const metadata: Metadata = { title: "Find a record" };

export default async function FindRecordPage({ params }: Props) {
  const ctx = await pageContext("browse");
  const table = await tableOfPage(ctx, params);
  return (
    <FindPage
      table={{ id: table.id, name: table.name, path: tablePath(table), source: table.source }}
      columns={lookupColumns(table).map((used) => lookupChoice(table, used))}
      action={findRecord}
    />
  );
}
