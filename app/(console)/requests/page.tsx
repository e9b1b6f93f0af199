import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { RequestList } from "@/components/requests/request-list";
import { FreshPage } from "@/components/reveals/fresh-page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { listMyRequests } from "@/lib/requests/list-my-requests";
import type { RequestState } from "@/lib/requests/request";
import { readMark } from "@/lib/reveals/read-live";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Requests" };

const tabs: readonly { state?: RequestState; label: string }[] = [
  { label: "All" },
  { state: "pending", label: "Waiting" },
  { state: "approved", label: "Approved" },
  { state: "denied", label: "Denied" },
  { state: "withdrawn", label: "Withdrawn" },
  { state: "expired", label: "Not decided" },
];

type Params = Record<string, string | string[] | undefined>;

export default async function RequestsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageContext("request");
  const params = await searchParams;
  const state = tabs.find((tab) => tab.state !== undefined && tab.state === params["state"])?.state;
  const before = placeOf(params["before"]);
  const mark = await readMark(ctx);
  const page = await listMyRequests(ctx, { state, before });
  return (
    <Page>
      <FreshPage mark={mark} />
      <PageHeader title="Requests" description="What you have asked to see, and where it stands." />
      <Tabs
        label="Requests by state"
        current={addressOf(state)}
        tabs={tabs.map((tab) => ({ href: addressOf(tab.state), label: tab.label }))}
      />
      <RequestList page={page} filtered={state !== undefined} />
      {(before !== undefined || page.nextBefore !== null) && (
        <Pagination
          label="Pages of requests"
          previousHref={before === undefined ? undefined : addressOf(state)}
          nextHref={page.nextBefore === null ? undefined : addressOf(state, page.nextBefore)}
        />
      )}
    </Page>
  );
}

function addressOf(state: RequestState | undefined, before?: number): string {
  const query = new URLSearchParams();
  if (state !== undefined) query.set("state", state);
  if (before !== undefined) query.set("before", String(before));
  return query.size > 0 ? `/requests?${query}` : "/requests";
}

function placeOf(text: string | string[] | undefined): number | undefined {
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
