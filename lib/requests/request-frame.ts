import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import { recordsOf } from "@/lib/audit/subject-ref";
import type { Scope } from "@/lib/grants/narrowing";
import type { FoundRequest } from "@/lib/requests/find-request";

/** The frame of an event about a request: what was asked, or the scope of it that is granted, and of whom. */
export function requestFrame(
  { request, requester, source, table }: FoundRequest,
  scope: Scope | null,
): Omit<AuditEvent, "code"> {
  const { fields, records } = scope ?? request;
  return {
    requestId: request.id,
    requestNumber: request.number,
    subject: requester,
    resource: {
      sourceId: source.id,
      source: source.name,
      tableId: request.tableId,
      table: `${table.schema}.${table.name}`,
      ...recordsOf(request, records),
      fields: fields.map((field) => field.column),
      classes: fields.map((field) => field.classId),
      levels: fields.map((field) => field.level),
    },
    purpose: request.purpose,
    policyVersion: request.policyVersion,
  };
}
