import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CaseStateBadge } from "@/components/anomalies/case-state";
import { HoursPlot } from "@/components/anomalies/hours-plot";
import { JudgeForm } from "@/components/anomalies/judge-form";
import { UsualPlot } from "@/components/anomalies/usual-plot";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { readCase } from "@/lib/anomalies/read-case";
import type { CaseView } from "@/lib/anomalies/view";
import type { Context } from "@/lib/auth/context";
import { Refusal } from "@/lib/refusal";
import { pageContext } from "@/lib/web/context";
import { judgeAnomaly } from "../actions";

export const metadata: Metadata = { title: "Case" };

interface Props {
  params: Promise<{ number: string }>;
}

export default async function CasePage({ params }: Props) {
  const ctx = await pageContext("audit");
  const view = await caseOrNotFound(ctx, (await params).number);
  return (
    <Page>
      <Crumbs
        crumbs={[{ label: "Anomalies", href: "/reports/anomalies" }, { label: `Case ${view.number}` }]}
      />
      <PageHeader
        title={`Case ${view.number} of ${view.person}`}
        description={`What stood out on ${view.dayWords}, by their calendar (${view.zone}).`}
        beside={<CaseStateBadge state={view.state} />}
      />
      <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <Found view={view} />
          <Evidence view={view} />
        </div>
        <Judgement view={view} />
      </div>
    </Page>
  );
}

/** The day against what is usual, and where the log has it. */
function Evidence({ view }: { view: CaseView }) {
  return (
    <>
      {view.plots.map((plot) => (
        <UsualPlot key={plot.title} plot={plot} />
      ))}
      {view.hours && <HoursPlot hours={view.hours} />}
      <section aria-labelledby="events" className="grid gap-1 text-sm">
        <h2 id="events" className="text-base font-semibold">
          The events behind it
        </h2>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {view.events.map(({ label, href }) => (
            <li key={href}>
              <TextLink href={href}>{label}</TextLink>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Found({ view }: { view: CaseView }) {
  return (
    <section aria-labelledby="found" className="grid gap-2">
      <h2 id="found" className="text-base font-semibold">
        What was found
      </h2>
      <ul className="grid gap-2 text-sm">
        {view.findings.map(({ kind, title, words, foundAt }) => (
          <li key={kind} className="rounded-md border bg-surface px-4 py-3">
            <p>
              <span className="font-medium">{title}:</span> {words}
            </p>
            <p className="text-xs text-ink-muted">
              found <RelativeTime at={foundAt} now={view.now} />; the day may have gone on since
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Judgement({ view }: { view: CaseView }) {
  return (
    <section aria-labelledby="judgement" className="grid gap-3 rounded-md border bg-surface p-4">
      <h2 id="judgement" className="text-base font-semibold">
        Judgement
      </h2>
      {view.mayJudge ? (
        <JudgeForm caseNumber={view.number} judge={judgeAnomaly} />
      ) : (
        <p className="text-sm">
          {view.judgedBy}
          {view.judgedAt && (
            <>
              , <RelativeTime at={view.judgedAt} now={view.now} />
            </>
          )}
          : <q className="wrap-anywhere">{view.words}</q>
        </p>
      )}
    </section>
  );
}

async function caseOrNotFound(ctx: Context, text: string): Promise<CaseView> {
  if (!/^[1-9]\d{0,9}$/.test(text) || Number(text) > 2_147_483_647) notFound();
  try {
    return await readCase(ctx, Number(text));
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}
