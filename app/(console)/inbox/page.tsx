import { ChevronLeft } from "lucide";
import type { Metadata } from "next";
import { Suspense } from "react";
import { DecisionPanel } from "@/components/approvals/decision-panel";
import { inboxAddress } from "@/components/approvals/inbox-address";
import { InboxDetailView } from "@/components/approvals/inbox-detail";
import { InboxFilters } from "@/components/approvals/inbox-filters";
import { isNarrowed, numbersInOrder } from "@/components/approvals/inbox-groups";
import { InboxKeys } from "@/components/approvals/inbox-keys";
import { InboxList } from "@/components/approvals/inbox-list";
import { QuestionNotice } from "@/components/approvals/question-notice";
import { RequestThread } from "@/components/approvals/request-thread";
import { Page } from "@/components/layout/page";
import { FreshPage } from "@/components/reveals/fresh-page";
import { SampleTable } from "@/components/requests/sample-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { parseInboxQuery } from "@/lib/approvals/inbox-query";
import { listInbox } from "@/lib/approvals/list-inbox";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { readThread } from "@/lib/approvals/read-thread";
import type { InboxDetail, Thread } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { Refusal } from "@/lib/refusal";
import { readRequestSample } from "@/lib/requests/read-request-sample";
import { readMark } from "@/lib/reveals/read-live";
import { pageContext } from "@/lib/web/context";
import { prove } from "../actions";
import { answer, comment } from "../requests/actions";
import { approve, ask, askToSign, deny, narrow } from "./actions";

export const metadata: Metadata = { title: "Inbox" };

const actions = { approve, narrow, askToSign, deny, prove };

type Params = Record<string, string | string[] | undefined>;

export default async function InboxRoute({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageContext("decide");
  const params = await searchParams;
  const mark = await readMark(ctx);
  const query = parseInboxQuery(params);
  const page = await listInbox(ctx, query);
  const chosen = numberOf(params["request"]);
  // Nothing chosen: a wide screen shows the first one, a phone the list alone.
  const numbers = numbersInOrder(page.lines, query.group);
  const number = chosen ?? numbers[0] ?? null;
  const detail = number === null ? null : await readInboxRequest(ctx, number).catch(missing);
  const thread = detail && (await readThread(ctx, detail.id));
  return (
    <Page width="full">
      {/* The first of the list, that nobody chose, must not become another one under somebody's hand. */}
      {(chosen !== null || !detail) && <FreshPage mark={mark} />}
      <PageHeader
        title="Inbox"
        description={page.count === 0 ? undefined : countWords(page.count)}
        actions={
          <>
            <ButtonLink href="/people/approvers">How I decide</ButtonLink>
            <ButtonLink href="/reviews">Reviews</ButtonLink>
            <InboxKeys numbers={numbers} current={detail?.number ?? null} query={query} />
          </>
        }
      />
      <div className="inbox" data-chosen={chosen !== null}>
        <nav aria-label="Inbox" className="inbox-list">
          {(page.lines.length > 0 || isNarrowed(query)) && <InboxFilters page={page} query={query} />}
          <InboxList page={page} query={query} current={detail?.number ?? null} />
          {page.nextAfter !== null && (
            <p className="border-t p-3 text-sm">
              <TextLink href={inboxAddress(query, { after: page.nextAfter })}>
                Show those that expire later
              </TextLink>
            </p>
          )}
        </nav>
        <div className="inbox-detail">
          {chosen !== null && (
            <ButtonLink
              href={inboxAddress(query)}
              size="sm"
              variant="quiet"
              icon={ChevronLeft}
              className="mb-3 -ml-3 lg:hidden"
            >
              All requests
            </ButtonLink>
          )}
          {detail && thread && (
            <Detail
              ctx={ctx}
              detail={detail}
              thread={thread}
              href={inboxAddress(query, { request: detail.number })}
              nextHref={inboxAddress(query, nextOf(numbers, detail.number))}
            />
          )}
          {!detail && chosen !== null && (
            <EmptyState icon={ChevronLeft} title={`Request ${chosen} is not here`}>
              It does not exist, or it is for others to decide.
            </EmptyState>
          )}
        </div>
      </div>
    </Page>
  );
}

interface DetailProps {
  ctx: Context;
  detail: InboxDetail;
  thread: Thread;
  href: string;
  nextHref: string;
}

function Detail({ ctx, detail, thread, href, nextHref }: DetailProps) {
  return (
    <InboxDetailView
      detail={detail}
      notice={<QuestionNotice thread={thread} />}
      thread={<RequestThread key={detail.id} thread={thread} comment={comment} answer={answer} />}
      sample={
        <Suspense
          key={detail.number}
          fallback={<TableSkeleton label="Reading the records" rows={2} columns={4} />}
        >
          <Records ctx={ctx} number={detail.number} />
        </Suspense>
      }
      panel={
        <DecisionPanel
          key={`${detail.id} ${detail.version}`}
          detail={detail}
          actions={actions}
          ask={ask}
          whyNotAsk={thread.whyNotAsk}
          href={href}
          nextHref={nextHref}
        />
      }
    />
  );
}

async function Records({ ctx, number }: { ctx: Context; number: number }) {
  const sample = await readRequestSample(ctx, number);
  return sample && <SampleTable sample={sample} />;
}

/** The one below, else the one above. */
function nextOf(numbers: readonly number[], current: number): { request?: number } {
  const at = numbers.indexOf(current);
  const request = numbers[at + 1] ?? numbers[at - 1];
  return request === undefined ? {} : { request };
}

function countWords(count: number): string {
  return count === 1
    ? "1 request waits for you."
    : `${count > 99 ? "100 or more" : count} requests wait for you, the soonest to expire first.`;
}

function numberOf(text: string | string[] | undefined): number | null {
  return typeof text === "string" && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function missing(error: unknown): null {
  if (error instanceof Refusal && error.code === "not-found") return null;
  throw error;
}
