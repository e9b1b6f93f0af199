import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { DiscreetReportForm } from "@/components/reports/discreet-report-form";
import { ReportForm } from "@/components/reports/report-form";
import { ReportSkeleton } from "@/components/reports/report-skeleton";
import { ScheduleForm } from "@/components/reports/schedule-form";
import { ReportPage } from "@/components/reports/report-view";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import type { Context } from "@/lib/auth/context";
import { Refusal, refusalWords } from "@/lib/refusal";
import { givenParams } from "@/lib/reports/given-params";
import { readForm } from "@/lib/reports/read-form";
import { listReaders } from "@/lib/reports/read-schedules";
import { readAddress } from "@/lib/reports/report-address";
import { runReport, type Wanted } from "@/lib/reports/run-report";
import { sectionView } from "@/lib/reports/section-view";
import type { SectionView } from "@/lib/reports/view";
import { pageContext } from "@/lib/web/context";
import { ask, schedule } from "../actions";

export const metadata: Metadata = { title: "Report" };

interface Props {
  params: Promise<{ kind: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReportKindPage({ params, searchParams }: Props) {
  const ctx = await pageContext("reports");
  const { given: address, twice } = givenParams(await searchParams);
  const { kind: id } = await params;
  const { params: given, unread: unknown, isOver } = await readAddress(ctx, id, address);
  const found = await readForm(ctx, id, given);
  if (!found) notFound();
  const { form, isAsked, isDiscreet } = found;
  const query = new URLSearchParams(address).toString();
  const { title, question, basis } = form.kind;
  const unread = [
    ...twice,
    ...unknown,
    ...("" in form.mistakes ? ["a name that this report does not know"] : []),
  ];
  return (
    <Page width="full">
      <Crumbs crumbs={[{ label: "Reports", href: "/reports" }, { label: title }]} />
      <PageHeader title={title} description={question} />
      <p className="-mt-2 text-xs text-ink-muted">{basis.join(" · ")}</p>
      {isDiscreet ? <DiscreetReportForm key={query} form={form} ask={ask} /> : <ReportForm form={form} />}
      {isOver && (
        <Message title="This address has ended.">
          It held what was asked for an hour, for the person who asked. Make the report again.
        </Message>
      )}
      {unread.length > 0 && (
        <Message tone="error" title="The address could not be read, so no report was made.">
          Not understood: {unread.join(", ")}. Choose what the report is about and make it again.
        </Message>
      )}
      {!isAsked && unread.length === 0 && !isOver && (
        <p className="rounded-md border border-dashed px-4 py-3 text-sm text-ink-muted">
          Nothing is made yet. What you choose decides what it covers; that it is made is on record.
        </p>
      )}
      {isAsked && twice.length === 0 && (
        <Suspense key={query} fallback={<ReportSkeleton />}>
          <Result ctx={ctx} wanted={{ kind: id, params: given }} query={query} />
        </Suspense>
      )}
      {isAsked && twice.length === 0 && !isDiscreet && (
        <ScheduleForm kind={id} params={query} readers={await listReaders(ctx)} action={schedule} />
      )}
    </Page>
  );
}

async function Result({ ctx, wanted, query }: { ctx: Context; wanted: Wanted; query: string }) {
  const made = await reportOrRefusal(ctx, wanted);
  if (made instanceof Refusal) {
    const { what, next } = refusalWords(made.code);
    return (
      <Message tone="error" title={what}>
        {[...Object.values(made.fields), next].join(" ")}
      </Message>
    );
  }
  return (
    <ReportPage
      report={made}
      fileHref={(name) => `/reports/${wanted.kind}/${name}${query ? `?${query}` : ""}`}
    />
  );
}

/** The report as its page shows it, all but the rows that its downloads have. */
async function reportOrRefusal(ctx: Context, wanted: Wanted) {
  try {
    const { sections, note: _, kindId: __, verifierKey: ___, ...frame } = await runReport(ctx, wanted);
    const views: SectionView[] = [];
    for (const section of sections) views.push(await sectionView(section));
    return { ...frame, sections: views };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
