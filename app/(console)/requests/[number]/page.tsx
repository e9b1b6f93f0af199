import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { QuestionNotice } from "@/components/approvals/question-notice";
import { RequestThread } from "@/components/approvals/request-thread";
import { RevokeForm } from "@/components/approvals/revoke-form";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { BriefView } from "@/components/requests/request-brief";
import { ChainNote } from "@/components/requests/chain-note";
import { EmergencyForm } from "@/components/requests/emergency-form";
import { ExtendForm } from "@/components/requests/extend-form";
import { NudgeForm } from "@/components/requests/nudge-form";
import { ReceiptList } from "@/components/requests/receipt-list";
import { RequestSteps } from "@/components/requests/request-steps";
import { RequestTimeline } from "@/components/requests/request-timeline";
import { ReviewNotice } from "@/components/requests/review-notice";
import { RiskBars } from "@/components/requests/risk-bars";
import { SampleTable } from "@/components/requests/sample-table";
import { StateBadge } from "@/components/requests/state-badge";
import { WithdrawButton } from "@/components/requests/withdraw-button";
import { FreshPage } from "@/components/reveals/fresh-page";
import { GrantedValues } from "@/components/reveals/granted-values";
import { ButtonLink } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { TableSkeleton } from "@/components/ui/skeleton";
import { readThread } from "@/lib/approvals/read-thread";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { Refusal } from "@/lib/refusal";
import { readRequest } from "@/lib/requests/read-request";
import { readRequestSample, RECORDS_A_PAGE } from "@/lib/requests/read-request-sample";
import type { RequestView } from "@/lib/requests/view";
import { readMark } from "@/lib/reveals/read-live";
import { pageContext } from "@/lib/web/context";
import { revoke } from "../../inbox/actions";
import { revealActions } from "../action-props";
import { answer, breakGlass, extend, comment, nudge, withdraw } from "../actions";

type Props = { params: Promise<{ number: string }>; searchParams: Promise<{ records?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Request ${numberOf((await params).number) ?? ""}` };
}

export default async function RequestPage({ params, searchParams }: Props) {
  const ctx = await pageContext("home");
  const number = numberOf((await params).number);
  if (number === null) notFound();
  const mark = await readMark(ctx);
  const { view, events, receipts } = await readRequest(ctx, number).catch(missing);
  const thread = await readThread(ctx, view.id);
  const pages = Math.ceil(view.records.length / RECORDS_A_PAGE);
  const page = Math.min(pages, numberOf(String((await searchParams).records ?? "1")) ?? 1);
  return (
    <Page>
      <FreshPage mark={mark} />
      <Crumbs
        crumbs={
          view.mine
            ? [{ label: "Requests", href: "/requests" }, { label: String(number) }]
            : [{ label: `Request ${number}` }]
        }
      />
      <PageHeader
        title={`Request ${number}`}
        beside={<StateBadge state={view.state} grant={view.grant?.state} />}
        actions={
          <>
            {rolesAllow(ctx.actor.roles, "policies") && (
              <ButtonLink href={`/policies/simulator?request=${number}`}>Simulate this one</ButtonLink>
            )}
            <Deeds view={view} />
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid content-start gap-6">
          {view.review && <ReviewNotice review={view.review} now={view.now} />}
          <QuestionNotice thread={thread} />
          {view.closedWords !== null && <Message title={view.closedWords} />}
          <BriefView brief={view.brief} />
          <ChainNote first={null} more={view.extension} />
          {!view.mine && <ViewsLeft grant={view.grant} />}
          {view.emergency && <EmergencyForm requestId={view.id} open={breakGlass} />}
          {(view.mine || view.whyNot.revoke === null) && (
            <Suspense fallback={<TableSkeleton label="Reading the records" rows={3} columns={4} />}>
              <Records ctx={ctx} view={view} page={page} />
            </Suspense>
          )}
          {view.grant && view.grant.closedWords !== null && (
            <p className="text-sm text-ink-muted">{view.grant.closedWords}</p>
          )}
          <RequestThread thread={thread} comment={comment} answer={answer} />
          <RiskBars risk={view.brief.risk} />
        </div>
        <section aria-label="History" className="grid content-start gap-4">
          {view.state === "pending" && <RequestSteps steps={view.steps} />}
          <h2 className="text-sm font-medium text-ink-muted">From asked to ended</h2>
          <RequestTimeline events={events} view={view} />
          <ReceiptList number={view.number} receipts={receipts} now={view.now} />
        </section>
      </div>
    </Page>
  );
}

function Deeds({ view }: { view: RequestView }) {
  const { grant, whyNot } = view;
  return (
    <>
      {view.mine && view.state === "pending" && (
        <>
          <NudgeForm requestId={view.id} reason={whyNot.nudge} nudge={nudge} />
          <WithdrawButton requestId={view.id} reason={whyNot.withdraw} withdraw={withdraw} />
        </>
      )}
      {view.mayExtend && grant && (
        <ExtendForm
          requestId={view.id}
          fields={grant.fields}
          viewPresets={view.mayExtend.viewPresets}
          extend={extend}
        />
      )}
      {view.mine && <ButtonLink href={`/browse/${view.tablePath}`}>Show the table</ButtonLink>}
      {!view.mine && grant && whyNot.revoke === null && (
        <RevokeForm grantId={grant.id} holder={grant.holder.name} reason={whyNot.revoke} revoke={revoke} />
      )}
    </>
  );
}

/** How many views are left, for others: its holder reads it beside the button that spends one. */
function ViewsLeft({ grant }: { grant: RequestView["grant"] }) {
  if (!grant?.views) return null;
  const { of, left } = grant.views;
  return (
    <p className="text-sm text-ink-muted">
      {left} of {of} {of === 1 ? "view" : "views"} left when this page was loaded.
    </p>
  );
}

/** The holder opens the values here; everybody else who may look sees them masked. */
async function Records({ ctx, view, page }: { ctx: Context; view: RequestView; page: number }) {
  const [sample, grants] = await Promise.all([
    readRequestSample(ctx, view.number, page),
    view.whyNot.open === null ? listLiveGrants(ctx, { tableId: view.tableId }) : [],
  ]);
  if (!sample) return null;
  const grant = grants.find((one) => one.id === view.grant?.id);
  return (
    <>
      {grant ? (
        <GrantedValues key={page} grant={grant} sample={sample} actions={revealActions} />
      ) : (
        <SampleTable sample={sample} />
      )}
      {view.mine && <RecordPages view={view} page={page} />}
    </>
  );
}

/** Values are opened a page at a time: a hundred records are one reveal. */
function RecordPages({ view, page }: { view: RequestView; page: number }) {
  const { length } = view.records;
  if (length <= RECORDS_A_PAGE) return null;
  const href = (to: number) => `/requests/${view.number}?records=${to}`;
  const last = Math.min(length, page * RECORDS_A_PAGE);
  return (
    <Pagination
      label="Pages of the records"
      previousHref={page > 1 ? href(page - 1) : undefined}
      nextHref={last < length ? href(page + 1) : undefined}
    >
      Records {(page - 1) * RECORDS_A_PAGE + 1}–{last} of {length}
    </Pagination>
  );
}

function numberOf(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function missing(error: unknown): never {
  if (error instanceof Refusal && error.code === "not-found") notFound();
  throw error;
}
