"use client";

import { ActionForm } from "@/components/ui/action-form";
import type { ReportFormView } from "@/lib/reports/view";
import type { FormState } from "@/lib/web/view";
import { ReportFields } from "./report-fields";

interface Props {
  form: ReportFormView;
  ask: (before: FormState, form: FormData) => Promise<FormState>;
}

/** What a report about a record is narrowed to. By POST: what is typed never stands in an address (law 6). */
export function DiscreetReportForm({ form, ask }: Props) {
  return (
    <ActionForm action={ask} label="What the report is about" className="grid gap-3">
      {(errors) => (
        <>
          <input type="hidden" name="report" value={form.kind.id} />
          <ReportFields form={{ ...form, mistakes: { ...form.mistakes, ...errors } }} />
        </>
      )}
    </ActionForm>
  );
}
