import { CircleCheck } from "lucide";
import type { Metadata } from "next";
import type { ComponentProps } from "react";
import { CaseFilters } from "@/components/anomalies/case-filters";
import { CaseList } from "@/components/anomalies/case-list";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { casesHref, parseCaseFilter, type CaseFilter } from "@/lib/anomalies/case-filter";
import { listCases } from "@/lib/anomalies/list-cases";
import type { CasePage } from "@/lib/anomalies/view";
import { pageContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Anomalies" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AnomaliesPage({ searchParams }: Props) {
  const ctx = await pageContext("audit");
  const { filter, unread } = parseCaseFilter(await searchParams);
  const page = await listCases(ctx, filter);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Reports", href: "/reports" }, { label: "Anomalies" }]} />
      <PageHeader
        title="Anomalies"
        description="What people did unlike themselves, found in the log and explained by numbers. Somebody else than the person judges each case."
      />
      {unread.length > 0 && (
        <Message tone="error" title="A part of the filter could not be read and was left out.">
          {unread.join(", ")}
        </Message>
      )}
      <CaseFilters state={filter.state} personId={filter.personId} people={page.people} />
      {page.lines.length === 0 ? (
        <NoCases filter={filter} page={page} />
      ) : (
        <CaseList lines={page.lines} now={page.now} />
      )}
      <CasePages
        label="Pages of cases"
        previousHref={filter.before ? casesHref({ ...filter, before: undefined }) : undefined}
        nextHref={page.before === null ? undefined : casesHref({ ...filter, before: page.before })}
      >
        {page.counts.open.toLocaleString("en-US")} open, {page.counts.closed.toLocaleString("en-US")} judged
      </CasePages>
      <HowItLooks page={page} />
    </Page>
  );
}

/** How many cases there are; the steps between pages only where there is more than one. */
function CasePages(props: ComponentProps<typeof Pagination>) {
  if (props.previousHref ?? props.nextHref) return <Pagination {...props} />;
  return <p className="text-sm text-ink-muted">{props.children}</p>;
}

function NoCases({ filter, page }: { filter: CaseFilter; page: CasePage }) {
  const isFiltered = filter.personId !== undefined || filter.before !== undefined;
  return (
    <div className="rounded-md border bg-surface">
      <EmptyState
        icon={CircleCheck}
        title={
          isFiltered
            ? "No case matches the filter"
            : filter.state === "open"
              ? "No case waits"
              : "No case yet"
        }
      >
        {isFiltered
          ? "Choose everybody, or another state."
          : page.counts.closed > 0
            ? "Everything that was found has been judged."
            : "Once an hour the log is held against what is usual of each person. What stands out is a case here, and auditors are told by e-mail."}
      </EmptyState>
    </div>
  );
}

/** What is looked at, how far, and of whom too little is known. */
function HowItLooks({ page: { looked, fresh } }: { page: CasePage }) {
  return (
    <section aria-labelledby="how" className="mt-6 grid max-w-prose gap-2 text-sm">
      <h2 id="how" className="font-semibold">
        How this is found
      </h2>
      <p className="text-ink-muted">
        Each person is held against their own last 8 weeks: records, copies, exports and tables of a day,
        hours of the week, what they never opened before, records of a week and of four weeks, and over four
        weeks against people with the same roles. Guessing, refusals in a row and emergencies need no past.
        Days whose case is open or was misuse do not count as usual.
      </p>
      <p className="text-ink-muted">
        {looked.events.toLocaleString("en-US")} events of the log have been looked at
        {looked.behind > 0 &&
          `, ${looked.behind.toLocaleString("en-US")} wait for the next look, within the hour`}
        .
      </p>
      {fresh.length > 0 && (
        <p className="text-ink-muted">
          Too new to be held against their past:{" "}
          {fresh
            .map(({ name, days }) => `${name} (${days} ${days === 1 ? "day" : "days"} of history)`)
            .join(", ")}
          .
        </p>
      )}
    </section>
  );
}
