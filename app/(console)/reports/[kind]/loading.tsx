import { Page } from "@/components/layout/page";
import { ReportSkeleton } from "@/components/reports/report-skeleton";

export default function ReportLoading() {
  return (
    <Page width="full">
      <ReportSkeleton />
    </Page>
  );
}
