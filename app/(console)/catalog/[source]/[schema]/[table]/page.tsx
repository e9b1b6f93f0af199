import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DriftNotice } from "@/components/catalog/drift-notice";
import { ReviewProgress } from "@/components/catalog/review-progress";
import { TableReviewer } from "@/components/catalog/table-review";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Badge } from "@/components/ui/badge";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import type { Context } from "@/lib/auth/context";
import { readClasses } from "@/lib/catalog/read-classes";
import { readDrift } from "@/lib/catalog/read-drift";
import { readTable } from "@/lib/catalog/read-table";
import { reviewCounts, reviewOf } from "@/lib/catalog/review";
import type { CatalogTable } from "@/lib/catalog/table";
import { decodeName } from "@/lib/catalog/table-address";
import { Refusal } from "@/lib/refusal";
import { pageContext } from "@/lib/web/context";
import { confirm, reopen, undo } from "../../../actions";

type Params = { source: string; schema: string; table: string };
type Props = { params: Promise<Params> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeName((await params).table)} in the catalogue` };
}

export default async function TablePage({ params }: Props) {
  const ctx = await pageContext("catalog");
  const table = await tableOrNotFound(ctx, await params);
  const review = reviewOf(table, await readClasses(ctx.db));
  const drift = await readDrift(ctx, { tableId: table.id });
  return (
    <Page width="fill">
      <Crumbs
        crumbs={[
          { label: "Catalogue", href: "/catalog" },
          { label: table.source.name, href: `/catalog/${table.source.slug}` },
          { label: `${table.schema}.${table.name}` },
        ]}
      />
      <PageHeader
        title={table.name}
        beside={<Facts table={table} />}
        description={table.comment}
        actions={
          <div className="w-56 pt-1.5">
            <ReviewProgress label="Columns confirmed" counts={reviewCounts(review.columns)} />
          </div>
        }
      />
      {!table.readable && !table.gone && (
        <Message title="The source does not let Glimpse read this table.">
          Its owner can allow it: GRANT SELECT ON {table.schema}.{table.name} TO the user of the connection,
          then rescan.
        </Message>
      )}
      {drift[0] && <DriftNotice drift={drift[0]} now={new Date().toISOString()} />}
      <TableReviewer review={review} actions={{ confirm, reopen, undo }} />
    </Page>
  );
}

const kindWords = {
  table: null,
  partitioned: "partitioned",
  partition: "partition",
  view: "view",
  matview: "materialised view",
  foreign: "foreign table",
} as const;

function Facts({ table }: { table: CatalogTable }) {
  const kind = kindWords[table.kind];
  return (
    <>
      {table.gone && <Badge tone="danger">no longer in the source</Badge>}
      {kind !== null && <Badge tone="muted">{kind}</Badge>}
      {table.rowEstimate !== null && (
        <span className="text-xs text-ink-muted">about {table.rowEstimate.toLocaleString("en-US")} rows</span>
      )}
    </>
  );
}

async function tableOrNotFound(ctx: Context, { source, schema, table }: Params): Promise<CatalogTable> {
  try {
    const which = { source: decodeName(source), schema: decodeName(schema), table: decodeName(table) };
    return await readTable(ctx, which, "catalog");
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}
