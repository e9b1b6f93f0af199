import { CircleCheck } from "lucide";
import type { Metadata } from "next";
import { ConfirmCard, DecidedList } from "@/components/campaigns/confirm-card";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listToConfirm } from "@/lib/campaigns/list-to-confirm";
import { pageContext } from "@/lib/web/context";
import { decide } from "./actions";

export const metadata: Metadata = { title: "Confirm access" };

export default async function ConfirmAccessPage() {
  const ctx = await pageContext("home");
  const { items, waiting, decided, now } = await listToConfirm(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Home", href: "/" }, { label: "Confirm access" }]} />
      <PageHeader
        title="Confirm access"
        description="Do they still need what they may do? Take the tick from what they do not need. What you remove ends at once, with the grants that stand on it."
      />
      {items.length === 0 ? (
        <div className="rounded-md border bg-surface">
          <EmptyState icon={CircleCheck} title="Nobody waits for your confirmation">
            When an auditor or an admin starts a campaign, the people who report to you stand here.
          </EmptyState>
        </div>
      ) : (
        <ul aria-label="To be confirmed" className="grid items-start gap-4 lg:grid-cols-2">
          {items.map((item) => (
            <ConfirmCard key={item.id} item={item} now={now} decide={decide} />
          ))}
        </ul>
      )}
      {waiting > items.length && (
        <p className="text-sm text-ink-muted">
          {(waiting - items.length).toLocaleString("en-US")} more stand here when these are decided.
        </p>
      )}
      {decided.length > 0 && <DecidedList lines={decided} now={now} />}
    </Page>
  );
}
