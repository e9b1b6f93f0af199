import { Activity, Database, Eraser, Plus, Tags } from "lucide";
import type { Metadata } from "next";
import { ReviewLeft, ReviewProgress } from "@/components/catalog/review-progress";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { listSources } from "@/lib/catalog/list-reviews";
import type { SourceCard } from "@/lib/catalog/view";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Catalogue" };

export default async function CatalogPage() {
  const ctx = await pageContext("catalog");
  const sources = await listSources(ctx);
  const add = (
    <ButtonLink href="/catalog/new" variant="primary" icon={Plus}>
      Add a source
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader
        title="Catalogue"
        description="The databases that people browse. A column shows nothing until you have confirmed what it holds and how it is masked."
        actions={
          <>
            <ButtonLink href="/catalog/classes" icon={Tags}>
              Data classes
            </ButtonLink>
            {sources.length > 0 && (
              <>
                <ButtonLink href="/audit/erasures" icon={Eraser}>
                  Forget a person
                </ButtonLink>
                <ButtonLink href="/catalog/health" icon={Activity}>
                  Health
                </ButtonLink>
                {add}
              </>
            )}
          </>
        }
      />
      {sources.length === 0 ? (
        <EmptyState icon={Database} title="No source yet" actions={add}>
          Connect a PostgreSQL database. Glimpse only reads it, and shows nothing of it before you have
          reviewed it.
        </EmptyState>
      ) : (
        <Table label="Sources">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Database</th>
              <th scope="col" data-align="end">
                Tables
              </th>
              <th scope="col">Columns confirmed</th>
              <th scope="col">To do</th>
              <th scope="col">Last scan</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <SourceRow key={source.id} source={source} now={new Date().toISOString()} />
            ))}
          </tbody>
        </Table>
      )}
    </Page>
  );
}

function SourceRow({ source, now }: { source: SourceCard; now: string }) {
  return (
    <tr>
      <th scope="row">
        <TextLink href={`/catalog/${source.slug}`} className="font-medium">
          {source.name}
        </TextLink>
      </th>
      <td>
        <code>
          {source.database}
          <span className="text-ink-faint"> at {source.host}</span>
        </code>
      </td>
      <td data-align="end">{source.tables.toLocaleString("en-US")}</td>
      <td>
        <ReviewProgress label={`Columns of ${source.name} confirmed`} counts={source.counts} />
      </td>
      <td>
        <ReviewLeft counts={source.counts} />
      </td>
      <td className="text-ink-muted">
        {source.scannedAt ? <RelativeTime at={source.scannedAt} now={now} /> : "never"}
      </td>
    </tr>
  );
}
