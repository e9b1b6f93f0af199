import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { KindCards } from "@/components/reports/kind-cards";
import { ScheduleList } from "@/components/reports/schedule-list";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listKinds } from "@/lib/reports/read-form";
import { listSchedules } from "@/lib/reports/read-schedules";
import { pageContext } from "@/lib/web/context";
import { endScheduled } from "./actions";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  const ctx = await pageContext("reports");
  const schedules = await listSchedules(ctx);
  return (
    <Page width="full">
      <PageHeader
        title="Reports"
        actions={<ButtonLink href="/reports/anomalies">Anomaly cases</ButtonLink>}
        description="Documents that answer a question and can be handed over: on this page, as PDF, CSV and NDJSON, each covered by a signed checkpoint of the log. That a report was made is on record."
      />
      <KindCards kinds={listKinds(ctx)} />
      {schedules.length > 0 && <ScheduleList schedules={schedules} stop={endScheduled} />}
    </Page>
  );
}
