import { PlugZap, RefreshCw, Scale } from "lucide";
import type { Metadata } from "next";
import { BulkConfirm } from "@/components/catalog/bulk-confirm";
import { DiscoveryProgress } from "@/components/catalog/discovery-progress";
import { DriftNotice } from "@/components/catalog/drift-notice";
import { ReviewProgress } from "@/components/catalog/review-progress";
import { TableList } from "@/components/catalog/table-list";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { readDiscovery } from "@/lib/catalog/read-discovery";
import { readDrift } from "@/lib/catalog/read-drift";
import { decodeName, tableAddress } from "@/lib/catalog/table-address";
import type { SourceCard } from "@/lib/catalog/view";
import { pageContext } from "@/lib/web/context";
import { cancelScan, confirmBulk, resumeScan, scan, seeNews, undo } from "../actions";
import { sourceOrNotFound } from "./source-or-not-found";

type Props = { params: Promise<{ source: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeName((await params).source)} in the catalogue` };
}

export default async function SourcePage({ params }: Props) {
  const ctx = await pageContext("catalog");
  const { source, tables } = await sourceOrNotFound(ctx, (await params).source);
  const [discovery, [drift]] = await Promise.all([
    readDiscovery(ctx, source.id),
    readDrift(ctx, { sourceId: source.id }),
  ]);
  const now = new Date().toISOString();
  const hrefOf = (schema: string, name: string) =>
    tableAddress("/catalog", { source: source.slug, schema, name });
  const rows = tables.map((table) => ({ ...table, href: hrefOf(table.schema, table.name) }));
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Catalogue", href: "/catalog" }, { label: source.name }]} />
      <PageHeader
        title={source.name}
        beside={source.counts.changed > 0 && <Badge tone="danger">{source.counts.changed} changed</Badge>}
        description={<Facts source={source} now={now} />}
        actions={
          <>
            <ButtonLink href={`/catalog/${source.slug}/preset`} icon={Scale}>
              Mask by a rule book
            </ButtonLink>
            <ButtonLink href={`/catalog/${source.slug}/connection`} icon={PlugZap}>
              Connection
            </ButtonLink>
            <ActionForm action={scan} label="Compare with the source">
              <input type="hidden" name="sourceId" value={source.id} />
              <SubmitButton variant="secondary" pendingLabel="Comparing">
                <Icon of={RefreshCw} aria-hidden size={15} strokeWidth={1.75} className="-ml-0.5" />
                Rescan
              </SubmitButton>
            </ActionForm>
          </>
        }
      />
      {drift && (
        <DriftNotice
          drift={{
            ...drift,
            tables: drift.tables.map((table) => ({ ...table, href: hrefOf(table.schema, table.table) })),
          }}
          now={now}
          see={seeNews}
        />
      )}
      {discovery && (
        <DiscoveryProgress
          sourceId={source.id}
          discovery={discovery}
          now={now}
          cancel={cancelScan}
          resume={resumeScan}
        />
      )}
      <section
        aria-label="Review"
        className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 rounded-md border bg-surface px-4 py-3"
      >
        <div className="min-w-64 flex-1">
          <ReviewProgress label="Columns confirmed" counts={source.counts} />
          <p className="mt-1 text-xs text-ink-muted">{leftWords(source)}</p>
        </div>
        <BulkConfirm
          sourceId={source.id}
          sure={source.counts.sure}
          likely={source.counts.likely}
          confirm={confirmBulk}
          undo={undo}
        />
      </section>
      <TableList tables={rows} />
    </Page>
  );
}

function Facts({ source, now }: { source: SourceCard; now: string }) {
  return (
    <>
      <code>
        {source.database} at {source.host}
      </code>
      {source.serverVersion && ` · PostgreSQL ${source.serverVersion}`}
      {source.scannedAt && (
        <>
          {" · scanned "}
          <RelativeTime at={source.scannedAt} now={now} />
        </>
      )}
    </>
  );
}

function leftWords({ counts }: SourceCard): string {
  if (counts.confirmed === counts.columns) return "Everything is reviewed.";
  const parts = [
    counts.changed > 0
      ? `${counts.changed} changed in the source and ${isOrAre(counts.changed)} hidden until you look again`
      : "",
    counts.unsure > 0
      ? `${counts.unsure} ${counts.unsure === 1 ? "needs" : "need"} a look, because the name does not say enough`
      : "",
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join("; ")}.` : "What is not confirmed is hidden.";
}

const isOrAre = (count: number) => (count === 1 ? "is" : "are");
