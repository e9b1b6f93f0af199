import type { EventCode } from "@/lib/audit/codes";
import type { AuditEntry } from "@/lib/audit/entry";

const named = {
  source: ({ resource }: AuditEntry) => resource?.source ?? resource?.sourceId,
  table: ({ resource }: AuditEntry) => resource?.table ?? resource?.tableId,
  records: ({ resource }: AuditEntry) => resource?.records,
  count: ({ resource }: AuditEntry) => resource?.recordCount,
  fields: ({ resource }: AuditEntry) => resource?.fields,
  classes: ({ resource }: AuditEntry) => resource?.classes,
  levels: ({ resource }: AuditEntry) => resource?.levels,
  request: ({ requestId, requestNumber }: AuditEntry) => requestNumber && requestId,
  grant: (entry: AuditEntry) => entry.grantId,
  person: (entry: AuditEntry) => entry.subject,
  approvers: (entry: AuditEntry) => entry.approvers,
  purpose: (entry: AuditEntry) => entry.purpose,
  reason: (entry: AuditEntry) => entry.reason,
  policy: (entry: AuditEntry) => entry.policyVersion,
} as const satisfies Record<string, (entry: AuditEntry) => unknown>;

/** A part of an event beside its frame, or one of its details. */
export type Part = keyof typeof named | `details.${string}`;

/** What every event of a code has beside who, when, where and how it ended. */
export function promisedParts(code: EventCode): readonly Part[] {
  return all[code];
}

/** The parts of the frame that every event has, an older one as well. */
const frame = ["actor", "channel", "code", "ip", "occurredUs", "outcome", "seq", "session"] as const;
/** And what it has since instances are named. */
const newerFrame = ["device", "webRequest", "writer"] as const;

/** What an entry lacks of its frame and of what its code promises. */
export function missingParts(entry: AuditEntry): string[] {
  const isThere = (part: Part): boolean => {
    const value = part.startsWith("details.")
      ? entry.details?.[part.slice("details.".length)]
      : named[part as keyof typeof named](entry);
    return value !== undefined && value !== null && value !== "";
  };
  return [
    ...[...frame, ...newerFrame].filter((name) => !(name in entry)),
    ...all[entry.code].filter((part) => !isThere(part)),
  ];
}

const cells = ["source", "table", "count", "fields", "classes"] as const;
const asked = [...cells, "records", "levels", "request", "purpose", "policy"] as const;
const aboutRequest = [...asked, "person"] as const;
const ended = [...cells, "request", "person"] as const;
const decided = [...aboutRequest, "details.viewSeconds", "details.waitedSeconds", "details.receipt"] as const;
const spoken = [...aboutRequest, "details.comment", "details.characters", "details.seal"] as const;
const inTable = ["source", "table"] as const;
const refused = ["details.action", "details.refusal"] as const;
/** How a download ended, and what had left by then. */
const left = ["details.download", "details.rows", "details.bytes", "details.end"] as const;
const dataClass = ["details.classId", "details.title"] as const;
const lookedUp = ["source", "table", "fields", "classes"] as const;
const compared = [...lookedUp, "records", "count"] as const;
const connection = ["details.host", "details.port", "details.database", "details.user"] as const;

// The number alone: whom a case concerns may read the log as well.
const onCase = ["details.case"] as const;
const judged = [...onCase, "details.characters", "details.seal"] as const;

const promises = {
  "auth.signed_in": [],
  "auth.sign_in_failed": ["details.why"],
  "auth.locked_out": [],
  "auth.signed_out": [],
  "auth.session_ended": ["details.why", "details.ended"],
  "auth.password_changed": [],
  "auth.password_given": [],
  "passkey.asked": ["details.for"],
  "passkey.added": ["details.name"],
  "passkey.removed": ["person"],
  "passkey.used": ["details.name"],
  "passkey.refused": refused,
  "person.first_admin_link_made": ["details.again"],
  "person.first_admin_made": [],
  "person.invited": ["person", "details.roles"],
  "person.joined": [],
  "person.link_made": ["person", "details.newPassword", "details.grants", "details.requests"],
  "person.changed": ["details.name", "details.timeZone"],
  "person.roles_changed": ["person", "details.added", "details.removed"],
  "person.manager_changed": ["person", "details.manager"],
  "person.disabled": ["person"],
  "person.enabled": ["person"],
  "stop.set": ["reason", "details.scope", "details.grants"],
  "stop.lifted": ["reason", "details.scope"],
  "stop.refused": refused,
  "delegation.made": ["person", "approvers", "details.delegation", "details.from", "details.until"],
  "delegation.ended": ["person", "approvers", "details.delegation", "details.why"],
  "delegation.refused": refused,
  "group.made": ["details.group"],
  "group.changed": ["details.group", "details.added", "details.removed"],
  "owners.changed": ["details.of", "details.kind", "details.added", "details.removed"],
  "policy.saved": ["policy", "reason", "details.rules", "details.scenarios"],
  "policy.tested": ["policy", "details.scenarios"],
  "policy.test_failed": ["policy", "details.scenarios", "details.failed"],
  "policy.activated": ["policy", "details.rules"],
  "policy.retired": ["policy"],
  "policy.replayed": ["policy", "details.requests", "details.changed"],
  "policy.simulated": ["request"],
  "policy.refused": refused,
  "source.tested": connection,
  "source.test_failed": [...connection, "details.cause"],
  "source.added": ["source", ...connection],
  "source.changed": ["source", ...connection],
  "source.keys_rotated": ["source", "details.keyVersion"],
  "source.sql_read": ["source"],
  "source.hardened": ["source", ...connection],
  "source.softened": ["source", ...connection],
  "source.removed": ["source", "details.endedGrants", "details.closedRequests"],
  "source.scanned": ["source", "details.tables", "details.columns"],
  "source.scan_failed": ["source"],
  "source.discovery_started": ["source", "details.why", "details.look"],
  "source.discovery_resumed": ["source"],
  "source.discovery_cancelled": ["source"],
  "source.discovery_failed": ["source", "details.cause"],
  "source.discovered": ["source", "details.tables", "details.changedProposals"],
  "source.checks_changed": ["source", "details.every", "details.hour"],
  "catalog.drift_seen": ["source"],
  "catalog.confirmed": [...inTable, "fields", "classes", "details.masks"],
  "catalog.reopened": [...inTable, "fields", "classes"],
  "catalog.suspended": [...inTable, "fields"],
  "catalog.values_forgotten": ["source", "details.views", "details.requests"],
  "class.added": [...dataClass, "details.sensitivity", "details.mask"],
  "class.changed": [...dataClass, "details.sensitivity", "details.mask"],
  "class.retired": [...dataClass, "details.columns"],
  "class.mask_changed": [...dataClass, "details.mask"],
  "browse.table_opened": inTable,
  "browse.searched": ["details.tables", "details.notSearched"],
  "browse.exported": [...inTable, "details.download"],
  "browse.export_ended": [...inTable, ...left],
  "download.cancel_asked": ["details.download", "details.title"],
  "download.cancel_refused": refused,
  "download.lost": ["person", "details.download", "details.title", "details.rows", "details.bytes"],
  "view.saved": [...inTable, "details.name", "details.shared"],
  "view.changed": [...inTable, "details.name", "details.shared"],
  "view.removed": [...inTable, "details.name", "details.shared"],
  "lookup.asked": [...lookedUp, "details.term"],
  "lookup.answered": [...lookedUp, "details.found"],
  "lookup.refused": refused,
  "lookup.failed": [...lookedUp, "details.why"],
  "field_check.asked": [...compared, "details.term"],
  "field_check.answered": [...compared, "details.matches"],
  "field_check.refused": refused,
  "field_check.failed": [...compared, "details.why"],
  "request.submitted": [...asked, "approvers", "reason", "details.riskPoints", "details.contentHash"],
  "request.refused": refused,
  "request.granted_by_policy": [...asked, "grant", "details.rule", "details.receipt"],
  "request.denied_by_policy": [...asked, "details.rule", "details.receipt"],
  "request.endorsed": [...decided, "details.step"],
  "request.approved": [...decided, "grant", "details.decidedHash"],
  "request.narrowed": [...decided, "grant", "details.decidedHash"],
  "request.denied": [...decided, "reason"],
  "request.rerouted": aboutRequest,
  "request.reminded": [...aboutRequest, "approvers", "details.step", "details.why"],
  "request.escalated": [...aboutRequest, "approvers", "details.step", "details.afterMinutes"],
  "request.withdrawn": ["request"],
  "request.expired": [...ended, "details.at"],
  "request.closed": [...ended, "details.why"],
  "request.commented": spoken,
  "request.question_asked": spoken,
  "request.question_answered": [...spoken, "approvers"],
  "comment.refused": refused,
  "emergency.opened": [
    ...aboutRequest,
    "grant",
    "approvers",
    "reason",
    "details.rule",
    "details.decidedHash",
    "details.receipt",
  ],
  "review.judged_justified": [...aboutRequest, "reason", "details.kind", "details.late"],
  "review.judged_not_justified": [...aboutRequest, "reason", "details.kind", "details.late"],
  "review.refused": refused,
  "decision.refused": refused,
  "grant.activated": [...cells, "levels", "request", "grant", "purpose", "policy"],
  "grant.returned": [...cells, "request", "grant", "person"],
  "grant.revoked": [...ended, "grant"],
  "grant.ended": [...ended, "grant", "details.at"],
  "grant.lapsed": [...ended, "grant", "details.at"],
  "reveal.signed": [...aboutRequest, "grant", "details.receipt", "details.passkey"],
  "reveal.opened": [...asked, "grant", "reason"],
  "reveal.refused": refused,
  "reveal.failed": [...asked, "grant", "reason", "details.why"],
  "reveal.copied": [...asked, "grant"],
  "mail.wishes_changed": ["details.digestHour", "details.quiet"],
  "mail.test_asked": [],
  "report.run": ["details.report", "details.filters"],
  "report.downloaded": ["details.report", "details.filters", "details.download"],
  "report.download_ended": ["details.report", "details.filters", ...left],
  "report.identities_shown": ["reason"],
  "report.scheduled": ["details.report"],
  "report.schedule_ended": ["details.report"],
  "report.schedule_refused": refused,
  "report.due": ["details.schedule", "details.report"],
  "audit.read": ["details.filter"],
  "audit.exported": ["details.format", "details.filter", "details.download"],
  "audit.export_ended": ["details.format", "details.filter", ...left],
  "audit.entries_read": ["details.from", "details.bundlesBefore"],
  "audit.check_failed": ["details.why", "details.firstBad"],
  "audit.check_mended": [],
  "audit.forward_configured": ["details.destination", "details.place"],
  "audit.forward_changed": ["details.destination", "details.place"],
  "audit.forward_removed": ["details.destination", "details.place"],
  "audit.forward_failed": ["details.destination", "details.place"],
  "audit.forward_behind": ["details.destination", "details.place"],
  "audit.forward_recovered": ["details.destination", "details.place"],
  "case.opened": onCase,
  "case.grown": onCase,
  "case.read": onCase,
  "case.explained": judged,
  "case.misuse": judged,
  "case.refused": refused,
  "erasure.previewed": [...inTable, "records"],
  "erasure.listed": [],
  "erasure.started": [...inTable, "records", "count", "reason", "details.erasure"],
  "erasure.done": ["records", "count", "reason", "details.erasure", "details.keys"],
  "erasure.withdrawn": ["records", "count", "details.erasure"],
  "erasure.refused": refused,
  "campaign.started": ["details.campaign"],
  "campaign.reminded": ["details.campaign"],
  "campaign.access_confirmed": ["person", "details.campaign"],
  "campaign.access_removed": ["person", "details.campaign"],
  "campaign.access_lapsed": ["person", "details.campaign"],
  "campaign.access_left": ["person", "details.campaign"],
  "campaign.ended": ["details.campaign"],
  "campaign.refused": refused,
  "audit.pruned": [],
  "retention.set": ["reason", "details.days"],
  "retention.confirmed": ["details.days"],
  "retention.dropped": ["details.days"],
  "retention.refused": refused,
  "hold.placed": ["reason"],
  "hold.lift_asked": ["reason"],
  "hold.lifted": [],
  "access.refused": [],
  "action.failed": ["details.action", "details.reference"],
} as const satisfies Record<EventCode, readonly Part[]>;

const all: Readonly<Record<EventCode, readonly Part[]>> = promises;
