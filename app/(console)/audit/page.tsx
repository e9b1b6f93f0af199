import { Download, FileCheck, ShieldCheck } from "lucide";
import type { Metadata } from "next";
import { Suspense } from "react";
import { AuditFilters } from "@/components/audit/audit-filters";
import { EventTable } from "@/components/audit/event-table";
import { ForwardHealth } from "@/components/audit/forward-health";
import { HourStrip } from "@/components/audit/hour-strip";
import { LogCheck } from "@/components/audit/log-check";
import { LogHealth } from "@/components/audit/log-health";
import { LookedThrough } from "@/components/audit/looked-through";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { TextLink } from "@/components/ui/text-link";
import { eventCodes } from "@/lib/audit/codes";
import { auditFilterParams, codeGroups, parseAuditFilter, type AuditFilter } from "@/lib/audit/filter";
import { readLogHealth } from "@/lib/audit/keep-log";
import { listAuditChoices, readAuditLog } from "@/lib/audit/list-events";
import { listHours } from "@/lib/audit/list-hours";
import type { EventPage } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { readForwarding } from "@/lib/forwarding/read-forwarding";
import { pageContext } from "@/lib/web/context";
import { checkLog } from "./actions";

export const metadata: Metadata = { title: "Audit" };

type Params = Record<string, string | string[] | undefined>;

export default async function AuditPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageContext("audit");
  const params = await searchParams;
  const { filter, unread } = parseAuditFilter(params);
  const place = { before: placeOf(params["before"]), after: placeOf(params["after"]) };
  const [page, choices, destinations] = await Promise.all([
    readAuditLog(ctx, filter, place),
    listAuditChoices(ctx),
    readForwarding(ctx),
  ]);
  const groups = Object.entries(codeGroups).map(([id, { title }]) => ({ id, name: title }));
  const codes = Object.entries(eventCodes).map(([id, [, name]]) => ({ id, name }));
  return (
    <Page width="full">
      <PageHeader
        title="Audit"
        description="Every step and every refusal, in the order in which they were committed. Reading and exporting the log are on record too."
        actions={
          <>
            <ButtonLink icon={Download} href={exportHref(filter, "csv")} download data-followed>
              Export CSV
            </ButtonLink>
            <ButtonLink icon={ShieldCheck} href={exportHref(filter, "ndjson")} download data-followed>
              Export with proof
            </ButtonLink>
            <ButtonLink icon={FileCheck} href="/audit/export?format=receipts" download data-followed>
              Receipts
            </ButtonLink>
          </>
        }
      />
      <BesideTheLog />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_auto]">
        <Suspense fallback={<div className="h-24" />}>
          <Activity ctx={ctx} />
        </Suspense>
        <LogCheck check={checkLog} />
      </div>
      <LogHealth health={readLogHealth(ctx)} now={new Date().toISOString()} />
      <ForwardHealth destinations={destinations} now={new Date().toISOString()} />
      {unread.length > 0 && (
        <Message tone="error" title="A part of the filter could not be read and was left out.">
          {unread.join(", ")}
        </Message>
      )}
      <AuditFilters
        filter={filter}
        groups={groups}
        codes={codes}
        people={choices.people}
        tables={choices.tables}
      />
      <EventPages
        page={page}
        filter={filter}
        isFurther={Object.values(place).some((at) => at !== undefined)}
      />
    </Page>
  );
}

async function EventPages({
  page,
  filter,
  isFurther,
}: {
  page: EventPage;
  filter: AuditFilter;
  isFurther: boolean;
}) {
  const { events, looked, newer, older } = page;
  return (
    <>
      {(events.length > 0 || looked === null) && (
        <EventTable
          events={events}
          now={new Date().toISOString()}
          filtered={Object.keys(filter).length > 0}
          isFurther={isFurther}
        />
      )}
      {looked && (
        <LookedThrough
          looked={looked}
          matched={events.length}
          href={
            looked.direction === "older"
              ? placeHref(filter, "before", looked.first)
              : placeHref(filter, "after", looked.last)
          }
        />
      )}
      <Pagination
        label="Pages of the log"
        previousHref={newer === null ? undefined : placeHref(filter, "after", newer)}
        nextHref={older === null ? undefined : placeHref(filter, "before", older)}
      >
        {events.length > 0 && `Events ${events.at(-1)?.seq} to ${events[0]?.seq}`}
      </Pagination>
    </>
  );
}

/** What else an auditor looks after. */
function BesideTheLog() {
  const places = [
    ["/people/approvers", "Approvers"],
    ["/reviews/campaigns", "Access reviews"],
    ["/reports/anomalies", "Anomalies"],
    ["/audit/erasures", "Forget a person"],
    ["/settings/retention", "Retention and holds"],
  ] as const;
  return (
    <nav aria-label="Beside the log" className="-mt-2 flex flex-wrap gap-x-4 text-sm">
      {places.map(([href, name]) => (
        <TextLink key={href} href={href} className="py-1">
          {name}
        </TextLink>
      ))}
    </nav>
  );
}

async function Activity({ ctx }: { ctx: Context }) {
  return <HourStrip hours={await listHours(ctx)} />;
}

function exportHref(filter: AuditFilter, format: "csv" | "ndjson"): string {
  const params = auditFilterParams(filter);
  if (format !== "csv") params.set("format", format);
  return `/audit/export?${params}`;
}

function placeOf(text: string | string[] | undefined): number | undefined {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function placeHref(filter: AuditFilter, direction: "before" | "after", seq: number): string {
  const params = auditFilterParams(filter);
  params.set(direction, String(seq));
  return `/audit?${params}`;
}
