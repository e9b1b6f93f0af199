import type { AuditEvent } from "@/lib/audit/event";
import { recordsOf } from "@/lib/audit/subject-ref";
import type { CatalogTable } from "@/lib/catalog/table";
import { filteredBy } from "@/lib/requests/cohort";
import type { RequestContent } from "@/lib/requests/content";
import type { Approver } from "@/lib/requests/route";
import { boundsDetails, runningEvent } from "@/lib/requests/bounds-details";
import type { WrittenGrant } from "@/lib/requests/write-grant";

/** What was sent, as the log says it. */
export type Sent = {
  content: RequestContent;
  cohort: string | null;
  table: CatalogTable;
  number: number;
  eligible: readonly Approver[];
  hash: Buffer;
  grant: WrittenGrant | null;
  /** The hash of the receipt that the policy's own decision left; null where people decide. */
  receipt: string | null;
  /** Whether people look at it afterwards, drawn by lot. */
  drawn: boolean;
};

/** The event of a request that was sent, and that of the policy where it decided at once. */
export function submittedEvents(sent: Sent): readonly [AuditEvent, ...AuditEvent[]] {
  const { content, cohort, table, hash } = sent;
  const frame = frameOf(sent);
  const submitted: AuditEvent = {
    ...frame,
    code: "request.submitted",
    approvers: sent.eligible.slice(0, 20),
    reason: content.reason,
    ...(content.ticket === null ? {} : { ticket: content.ticket }),
    details: {
      rule: content.rule,
      riskPoints: content.risk.points,
      viewSeconds: content.viewSeconds,
      ...boundsDetails(content),
      ...(cohort === null ? {} : { allThatMatched: filteredBy(table, cohort) }),
      ...policyDetails(content),
      // So that a reveal without it can be told from the log alone.
      ...(content.ruling?.passkey ? { asksPasskey: true } : {}),
      contentHash: hash.toString("hex"),
    },
  };
  const decided = decidedEvent(sent, frame);
  const running = sent.grant && runningEvent(frame, sent.grant, content.viewSeconds);
  return [submitted, ...(decided ? [decided] : []), ...(running ? [running] : [])];
}

function decidedEvent(
  { content, grant, receipt, drawn }: Sent,
  frame: Omit<AuditEvent, "code">,
): AuditEvent | null {
  const outcome = content.ruling?.outcome;
  const details = { rule: content.rule, viewSeconds: content.viewSeconds };
  const left = receipt === null ? {} : { receipt };
  if (outcome?.kind === "deny")
    return {
      ...frame,
      code: "request.denied_by_policy",
      reason: outcome.words,
      details: { ...details, ...left },
    };
  if (!grant) return null;
  const decidedHash = grant.decidedHash.toString("hex");
  return {
    ...frame,
    code: "request.granted_by_policy",
    grantId: grant.id,
    details: {
      ...details,
      decidedHash,
      ...left,
      ...(drawn ? { drawnForReview: true } : {}),
    },
  };
}

function frameOf({ content, table, number }: Sent): Omit<AuditEvent, "code"> {
  return {
    requestId: content.id,
    requestNumber: number,
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
      ...recordsOf(content),
      fields: content.fields.map((field) => field.column),
      classes: content.fields.map((field) => field.classId),
      levels: content.fields.map((field) => field.level),
    },
    purpose: content.purpose,
    policyVersion: content.policyVersion,
  };
}

/** Rules that could not be asked, rules that only watch, and steps that others had to be found for. */
function policyDetails({ ruling, route }: RequestContent): Record<string, readonly string[] | number> {
  const unasked = ruling?.answers.filter(({ answer }) => answer === "missing" || answer === "error") ?? [];
  const shadow = ruling?.shadow ?? [];
  const fellBack = route?.steps.filter((step) => step.fellBack).length ?? 0;
  return {
    ...(unasked.length > 0
      ? {
          unasked: unasked.map(
            ({ rule, answer, missing }) => `${rule}: ${answer === "error" ? "failed" : missing.join(", ")}`,
          ),
        }
      : {}),
    ...(shadow.length > 0 ? { shadow: shadow.map(({ rule, would }) => `${rule}: ${would}`) } : {}),
    ...(fellBack > 0 ? { stepsFellBack: fellBack } : {}),
  };
}
