import type { EventCode } from "@/lib/audit/codes";
import type { SubjectRef } from "@/lib/audit/subject-ref";

/** What an event speaks of. Never a value, never an unkeyed hash of one (law 6). */
export type EventResource = {
  sourceId?: string;
  source?: string;
  tableId?: string;
  table?: string;
  /** References, each under the key of its record: nobody is named once that is erased. */
  records?: readonly SubjectRef[];
  recordCount?: number;
  fields?: readonly string[];
  classes?: readonly string[];
  levels?: readonly string[];
};

/** What a deed says happened; who, when and where are added when it is appended. */
export type AuditEvent = {
  code: EventCode;
  resource?: EventResource;
  requestId?: string;
  requestNumber?: number;
  grantId?: string;
  /** Whom it happened to, where that is another person than the actor. */
  subject?: { id: string; name: string };
  approvers?: readonly { id: string; name: string }[];
  purpose?: string;
  reason?: string;
  ticket?: string;
  policyVersion?: number;
  details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};
