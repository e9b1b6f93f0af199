import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FindPage } from "@/components/lookups/find-page";
import { tablePath } from "@/lib/browse/addresses";
import { readTable } from "@/lib/catalog/read-table";
import { lookupChoice, lookupColumns } from "@/lib/lookups/lookup-columns";
import { Refusal } from "@/lib/refusal";
import { pageContext } from "@/lib/web/context";
import { findRecord } from "@/app/(console)/browse/actions";

type Props = { params: Promise<{ source: string; schema: string; table: string }> };

export const metadata: Metadata = { title: "Find a record" };

export default async function FindRecordPage({ params }: Props) {
  const ctx = await pageContext("browse");
  const { source, schema, table: name } = await params;
  const table = await readTable(ctx, {
    source: decodeURIComponent(source),
    schema: decodeURIComponent(schema),
    table: decodeURIComponent(name),
  }).catch(missing);
  return (
    <FindPage
      table={{ id: table.id, name: table.name, path: tablePath(table), source: table.source }}
      columns={lookupColumns(table).map((used) => lookupChoice(table, used))}
      action={findRecord}
    />
  );
}

function missing(error: unknown): never {
  if (error instanceof Refusal && error.code === "not-found") notFound();
  throw error;
}
