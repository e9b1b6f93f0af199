import { Refusal } from "@/lib/refusal";
import type { RequestedField } from "@/lib/requests/request";

/** What an approver leaves of a request; what is not named stays as asked. */
export type Narrowing = {
  columnIds?: readonly string[];
  /** Fields of which a part of the value is left, among those that are left at all. */
  partialIds?: readonly string[];
  records?: readonly string[];
  viewSeconds?: number;
};

export type Scope = { fields: readonly RequestedField[]; records: readonly string[]; viewSeconds: number };

/** The scope that is left after a narrowing. Refuses anything that was not asked for: no decision widens. */
export function narrow(asked: Scope, narrowing: Narrowing): Scope {
  const columnIds = narrowing.columnIds ?? asked.fields.map((field) => field.columnId);
  const records = narrowing.records ?? asked.records;
  const viewSeconds = narrowing.viewSeconds ?? asked.viewSeconds;
  const partialIds = narrowing.partialIds ?? [];
  const fields = asked.fields
    .filter((field) => columnIds.includes(field.columnId))
    .map((field) => (partialIds.includes(field.columnId) ? { ...field, level: "partial" as const } : field));
  const askedRecords = new Set(asked.records);
  const widened =
    fields.length !== new Set(columnIds).size ||
    partialIds.some((id) => !columnIds.includes(id)) ||
    records.some((record) => !askedRecords.has(record)) ||
    !(viewSeconds <= asked.viewSeconds);
  const empty = fields.length === 0 || records.length === 0 || !(viewSeconds >= 1);
  if (widened || empty) throw new Refusal("widened");
  return { fields, records: [...new Set(records)], viewSeconds };
}
