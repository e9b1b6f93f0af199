import { dataClass } from "@/lib/catalog/classes";
import { purposeWords, type RequestedField } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";
import type { AskedField, RequestBrief, Risk } from "@/lib/requests/view";

/** A request, sent or about to be, with the names of what it speaks of. */
export type Brievable = {
  requester: { name: string };
  source: { name: string };
  table: { schema: string; name: string };
  /** The titles of classes of the stewards' own, by their ids. */
  ownTitles: Readonly<Record<string, string>>;
  request: {
    fields: readonly RequestedField[];
    records: readonly string[];
    purpose: string;
    reason: string;
    ticket: string | null;
    viewSeconds: number;
    risk: Risk;
    maxViews: number | null;
    withSession: boolean;
  };
};

/** What is read beside a request: its filters and its start in words, and the request that it goes on from. */
export type Beside = Pick<RequestBrief, "cohort" | "notBefore"> & { parent: RequestBrief["extends"] };

/** What an approver reads first; the same for a request that is still being written. */
export function requestBrief(
  { requester, source, table, request, ownTitles }: Brievable,
  { cohort, notBefore, parent }: Beside,
): RequestBrief {
  return {
    requester: requester.name,
    sourceLabel: source.name,
    tableLabel: tableLabel(table),
    fields: request.fields.map((field) => fieldView(field, ownTitles)),
    recordCount: request.records.length,
    cohort,
    purpose: purposeWords(request.purpose),
    reason: request.reason,
    ticket: request.ticket,
    viewSeconds: request.viewSeconds,
    ...{ notBefore, maxViews: request.maxViews, withSession: request.withSession, extends: parent },
    risk: request.risk,
  };
}

/** A field of a request as people read it. */
export function fieldView(
  { columnId, column, classId, sensitivity, level }: RequestedField,
  ownTitles: Brievable["ownTitles"],
): AskedField {
  const classTitle = dataClass(classId)?.title ?? ownTitles[classId] ?? "No class";
  return { columnId, name: column, classTitle, sensitivity, level };
}
