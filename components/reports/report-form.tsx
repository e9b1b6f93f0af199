import type { ReportFormView } from "@/lib/reports/view";
import { ReportFields } from "./report-fields";

/** What a report is narrowed to. A plain form by GET: what is asked stands in the address and can be shared. */
export function ReportForm({ form }: { form: ReportFormView }) {
  if (form.fields.length === 0) return null;
  return (
    <form method="get" action={`/reports/${form.kind.id}`} aria-label="What the report is about">
      <ReportFields form={form} />
    </form>
  );
}
