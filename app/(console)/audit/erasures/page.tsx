import type { Metadata } from "next";
import { ErasureWords } from "@/components/audit/erasure-words";
import { SettleForms, StartForm } from "@/components/audit/erasure-forms";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Card } from "@/components/people/person-cards";
import { PageHeader } from "@/components/ui/page-header";
import { rolesAllow } from "@/lib/auth/permissions";
import { listErasures } from "@/lib/erasure/list-erasures";
import { pageContext } from "@/lib/web/context";
import { confirm, start, withdraw } from "./actions";

export const metadata: Metadata = { title: "Forget a person" };

export default async function ErasuresPage() {
  const ctx = await pageContext("erase");
  const { waiting, settled, tables, now } = await listErasures(ctx);
  // Stewards come here too, and not to the log.
  const isAuditor = rolesAllow(ctx.actor.roles, "audit");
  const crumbs = [...(isAuditor ? [{ label: "Audit", href: "/audit" }] : []), { label: "Forget a person" }];
  return (
    <Page>
      <Crumbs crumbs={crumbs} />
      <PageHeader
        title="Forget a person"
        description="Erases the keys by which the log names their records. Every entry and every proof stays; whom they mean, nobody can tell any more. One asks for it, another confirms."
      />
      <div className="grid gap-4">
        <Card title="Waiting for another person">
          {waiting.length === 0 ? (
            <p className="text-sm text-ink-muted">Nobody is to be forgotten.</p>
          ) : (
            <ul className="grid gap-4">
              {waiting.map((line) => (
                <li key={line.id} className="grid gap-2">
                  <ErasureWords line={line} now={now} />
                  <SettleForms line={line} confirm={confirm} withdraw={withdraw} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title="Ask for it">
          <StartForm tables={tables} start={start} />
        </Card>
        {settled.length > 0 && (
          <Card title="Settled last">
            <ul className="grid gap-4">
              {settled.map((line) => (
                <li key={line.id}>
                  <ErasureWords line={line} now={now} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card title="What stays">
          <ul className="grid list-disc gap-1 pl-5 text-sm text-ink-muted">
            <li>The records in the source itself: delete them there.</li>
            <li>Backups of the control database hold the keys until they are gone.</li>
            <li>Exports hold references alone; whoever noted beside one whom it means still knows.</li>
            <li>Reasons, tickets and comments stay as people wrote them.</li>
          </ul>
        </Card>
      </div>
    </Page>
  );
}
