import { askableClass } from "@/lib/requests/class-facts";
import { purposeWords, type RequestedField } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";
import type { AskedField, RequestBrief, Risk } from "@/lib/requests/view";

/** A request, sent or about to be, with the names of what it speaks of. */
export type Brievable = {
  requester: { name: string };
  source: { name: string };
  table: { schema: string; name: string };
  request: {
    fields: readonly RequestedField[];
    records: readonly string[];
    purpose: string;
    reason: string;
    ticket: string | null;
    viewSeconds: number;
    risk: Risk;
  };
};

/** What an approver reads first; the same for a request that is still being written. */
export function requestBrief(
  { requester, source, table, request }: Brievable,
  cohort: string | null,
): RequestBrief {
  return {
    requester: requester.name,
    sourceLabel: source.name,
    tableLabel: tableLabel(table),
    fields: request.fields.map(fieldView),
    recordCount: request.records.length,
    cohort,
    purpose: purposeWords(request.purpose),
    reason: request.reason,
    ticket: request.ticket,
    viewSeconds: request.viewSeconds,
    risk: request.risk,
  };
}

/** A field of a request as people read it. */
export function fieldView(field: RequestedField): AskedField {
  const { columnId, column, sensitivity, level } = field;
  return { columnId, name: column, classTitle: askableClass(field.classId).title, sensitivity, level };
}
