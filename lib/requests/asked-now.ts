import type { CatalogTable } from "@/lib/catalog/table";
import { askedFields, askedRecords, cappedView } from "@/lib/requests/asked";
import { classesOf } from "@/lib/requests/class-facts";
import type { Draft } from "@/lib/requests/draft";
import type { AskedNow } from "@/lib/requests/read-signals";

/** What a draft asks for, as the catalogue has it, and why less time than was wished. */
export function askedNow(
  table: CatalogTable,
  draft: Pick<Draft, "fields" | "records" | "viewSeconds" | "ticket"> & {
    purpose: string;
    cohort: string | null;
    notBefore: Date | null;
    maxViews?: number | null | undefined;
    withSession?: boolean | undefined;
  },
): AskedNow & { capped: string | null; longestSeconds: number } {
  const fields = askedFields(table, draft.fields, classesOf(table));
  const records = askedRecords(table, draft.records);
  const { viewSeconds, longestSeconds, words } = cappedView(fields, draft.viewSeconds, classesOf(table));
  const { purpose, ticket, cohort, notBefore } = draft;
  const bounds = { notBefore, maxViews: draft.maxViews ?? null, withSession: draft.withSession ?? false };
  return { fields, records, viewSeconds, longestSeconds, capped: words, purpose, ticket, cohort, ...bounds };
}

/** The tighter of two limits of views; null where neither is one. */
export function fewestViews(wished: number | null, cap: number | undefined): number | null {
  return wished === null ? (cap ?? null) : Math.min(wished, cap ?? wished);
}
