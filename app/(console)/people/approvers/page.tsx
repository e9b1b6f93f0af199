import { Hourglass } from "lucide";
import type { Metadata } from "next";
import { ApproverTable } from "@/components/approvals/approver-table";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { parsePeriod, periods, readApprovers, type Period } from "@/lib/approvals/read-approvers";
import { rolesAllow } from "@/lib/auth/permissions";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Approvers" };

type Params = Record<string, string | string[] | undefined>;

const addressOf = (days: Period) => `/people/approvers?days=${days}`;

export default async function ApproversPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageContext("approvers");
  const page = await readApprovers(ctx, parsePeriod((await searchParams)["days"]));
  const people = rolesAllow(ctx.actor.roles, "people");
  return (
    <Page>
      <Crumbs
        crumbs={[people ? { label: "People", href: "/people" } : { label: "People" }, { label: "Approvers" }]}
      />
      <PageHeader
        title="Approvers"
        description={
          page.all
            ? "How those who decide have decided, from what is stored of their decisions."
            : "How you have decided, from what is stored of your decisions. Nobody but auditors, admins and policy admins reads this of you."
        }
      />
      <Tabs
        label="Period"
        current={addressOf(page.days)}
        tabs={periods.map((days) => ({ href: addressOf(days), label: `${days} days` }))}
      />
      {page.lines.length === 0 ? (
        <EmptyState icon={Hourglass} title={`Nothing was decided in ${page.days} days`}>
          Each decision counts from the moment that it is made.
        </EmptyState>
      ) : (
        <ApproverTable page={page} />
      )}
      <dl className="mt-4 grid max-w-prose gap-2 text-sm text-ink-muted">
        <Meaning term="Time">
          From when a request could be decided in its step, sent or passed on, to the decision. The bar is the
          middle half, the mark on it the median; the thin line stands at 5 seconds.
        </Meaning>
        <Meaning term="Approved">As asked or for less; narrowed is the part that was for less.</Meaning>
        <Meaning term="Under 5 s">
          Decided less than 5 seconds after it could be, or after the same person’s decision before. When
          somebody opened a request is not on record, so there is no proof of longer reading: these are the
          ones for which there was no time.
        </Meaning>
      </dl>
    </Page>
  );
}

function Meaning({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="inline font-medium text-ink">{term}: </dt>
      <dd className="inline">{children}</dd>
    </div>
  );
}
