import { Activity } from "lucide";
import type { Metadata } from "next";
import { FindingList } from "@/components/catalog/finding-list";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { readHealth } from "@/lib/hardening/read-health";
import type { HealthView } from "@/lib/hardening/view";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Health of sources" };

export default async function HealthPage() {
  const ctx = await pageContext("catalog");
  const sources = await readHealth(ctx);
  const now = new Date().toISOString();
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Catalogue", href: "/catalog" }, { label: "Health" }]} />
      <PageHeader
        title="Health of sources"
        description="Asked of each source now: whether it answers, who masks it, and what is wrong with that."
      />
      {sources.length === 0 ? (
        <EmptyState icon={Activity} title="No source yet">
          Add one in the catalogue.
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          {sources.map((source) => (
            <SourceHealth key={source.slug} source={source} now={now} />
          ))}
        </div>
      )}
    </Page>
  );
}

function SourceHealth({ source, now }: { source: HealthView; now: string }) {
  const { name, slug, reachable, version, hardened, findings, changedColumns, scannedAt } = source;
  const heading = `health-of-${slug}`;
  return (
    <section aria-labelledby={heading} className="grid gap-2 rounded-md border bg-surface px-4 py-3">
      <h2 id={heading} className="flex flex-wrap items-center gap-2 text-base font-semibold">
        <TextLink href={`/catalog/${slug}`}>{name}</TextLink>
        <Badge tone={reachable ? "ok" : "danger"}>
          {reachable ? `PostgreSQL ${version}` : "does not answer"}
        </Badge>
        <Badge tone={hardened ? "ok" : "neutral"}>
          {hardened ? "the database masks" : "the console masks"}
        </Badge>
        {changedColumns > 0 && <Badge tone="danger">{changedColumns} columns changed in the source</Badge>}
      </h2>
      <FindingList label={`What was found in ${name}`} findings={findings} />
      <p className="text-sm text-ink-muted">
        {scannedAt ? (
          <>
            Compared with the catalogue <RelativeTime at={scannedAt} now={now} />.
          </>
        ) : (
          "Never compared with the catalogue."
        )}{" "}
        <TextLink href={`/catalog/${slug}/connection`}>Who masks it, and the SQL</TextLink>
      </p>
    </section>
  );
}
