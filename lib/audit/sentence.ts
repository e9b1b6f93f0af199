import { eventCodes } from "@/lib/audit/codes";
import type { AuditEntry } from "@/lib/audit/entry";
import { isErased, recordName } from "@/lib/audit/facts";

/** The event in one plain sentence, as one would tell it to a colleague. */
export function sentence(entry: AuditEntry): string {
  const who = entry.actor.name;
  switch (entry.code) {
    case "auth.signed_in":
      return `${who} signed in`;
    case "auth.signed_out":
      return `${who} signed out`;
    case "catalog.confirmed":
      return `${entry.subject?.name ?? who} confirmed ${columns(entry)} of ${table(entry)}`;
    case "catalog.reopened":
      return `${entry.subject?.name ?? who} took the confirmation of ${columns(entry)} of ${table(entry)} back`;
    case "class.added":
      return `${who} added the class “${classTitle(entry)}”`;
    case "class.changed":
      return `${who} changed the class “${classTitle(entry)}”`;
    case "class.retired":
      return `${who} retired the class “${classTitle(entry)}”`;
    case "class.mask_changed":
      return `${who} changed the mask that is proposed for “${classTitle(entry)}”`;
    case "source.added":
      return `${who} added the source ${entry.resource?.source ?? ""}`;
    case "source.sql_read":
      return `${who} took the SQL that hardens ${entry.resource?.source ?? "the source"}, keys included`;
    case "source.hardened":
      return `${who} had the database of ${entry.resource?.source ?? "the source"} mask`;
    case "source.softened":
      return `${who} had the console mask ${entry.resource?.source ?? "the source"} again`;
    case "source.scanned":
      return `${who} compared the catalogue with ${source(entry)}`;
    case "source.discovery_started":
      return `${who} started the discovery of ${source(entry)}`;
    case "source.discovery_resumed":
      return `${who} resumed the discovery of ${source(entry)}`;
    case "source.discovery_cancelled":
      return `${who} cancelled the discovery of ${source(entry)}`;
    case "source.discovered":
      return `${who} looked at the values of ${source(entry)} by rates alone`;
    case "source.checks_changed":
      return `${who} changed when ${source(entry)} is compared by itself`;
    case "browse.table_opened":
      return `${who} opened ${table(entry)}, masked`;
    case "browse.searched":
      return `${who} searched ${Number(entry.details?.["tables"]).toLocaleString("en-US")} tables for a clear value`;
    case "browse.exported":
      return `${who} exported rows of ${table(entry)}, masked`;
    case "browse.export_ended":
      return `${who} got ${rows(entry)} masked rows of ${table(entry)}${howEnded(entry)}`;
    case "view.saved":
      return `${who} saved ${view(entry)}`;
    case "view.changed":
      return `${who} changed ${view(entry)}`;
    case "view.removed":
      return `${who} removed ${view(entry)}`;
    case "lookup.asked":
      return `${who} looked up a record of ${table(entry)} by ${columns(entry)}`;
    case "lookup.answered":
      return `${who} was told of the lookup by ${columns(entry)}: ${String(entry.details?.["found"])}`;
    case "field_check.asked":
      return `${who} compared ${cells(entry)} with what somebody said`;
    case "field_check.answered":
      return `${who} was told that ${cells(entry)} ${entry.details?.["matches"] === true ? "matches" : "does not match"}`;
    case "request.submitted":
      return `${who} asked for ${has(entry, "extends") ? "more time for " : ""}${cells(entry)}`;
    case "request.granted_by_policy":
      return `The policy granted ${request(entry)} at once: ${cells(entry)}`;
    case "request.denied_by_policy":
      return `The policy denied ${request(entry)}`;
    case "emergency.opened":
      return `${who} opened ${request(entry)} as an emergency: ${cells(entry)}`;
    case "review.judged_justified":
      return `${who} found ${request(entry)} justified`;
    case "review.judged_not_justified":
      return `${who} found ${request(entry)} not justified`;
    case "request.commented":
      return `${who} wrote about ${request(entry)}`;
    case "request.question_asked":
      return `${who} asked ${entry.subject?.name ?? "the requester"} a question about ${request(entry)}`;
    case "request.question_answered":
      return `${who} answered ${listed(entry.approvers?.map(({ name }) => name) ?? [])} about ${request(entry)}`;
    case "request.rerouted":
      return `${upperFirst(request(entry))} waits for other people now`;
    case "request.reminded":
      return entry.details?.["why"] === "nudge"
        ? `${who} reminded those who decide of ${request(entry)}`
        : `Those who decide were reminded of ${request(entry)}`;
    case "request.escalated":
      return `${upperFirst(request(entry))} has waited too long, and more people were told`;
    case "delegation.made":
      return `${who} named ${entry.subject?.name ?? "somebody"} as substitute`;
    case "delegation.ended":
      return `${String(entry.details?.["substitute"])} stands in for ${String(entry.details?.["for"])} no more`;
    case "request.endorsed":
      return `${decider(entry)} approved ${request(entry)}; others have to as well`;
    case "policy.saved":
    case "policy.tested":
    case "policy.activated":
    case "policy.retired":
    case "policy.replayed":
      return `${who} ${policyDeeds[entry.code]} policy ${entry.policyVersion ?? ""}`;
    case "policy.simulated":
      return `${who} looked at what the policy knew of ${request(entry)}`;
    case "stop.set":
      return `${who} stopped ${stopped(entry)}`;
    case "stop.lifted":
      return `${who} lifted the stop of ${stopped(entry)}`;
    case "erasure.started":
      return `${who} asked to forget a person${about(entry)}`;
    case "erasure.done":
      return `${who} confirmed that a person is forgotten: ${entry.resource?.recordCount ?? 0} records`;
    case "erasure.withdrawn":
      return `${who} took the erasure ${String(entry.details?.["erasure"])} back`;
    case "group.made":
      return `${who} made the group ${String(entry.details?.["group"])}`;
    case "group.changed":
      return `${who} changed the members of the group ${String(entry.details?.["group"])}`;
    case "campaign.access_confirmed":
      return `${who} confirmed the access of ${entry.subject?.name ?? "somebody"}`;
    case "campaign.access_removed":
      return `${who} removed access of ${entry.subject?.name ?? "somebody"}: ${listed(details(entry, "removed"))}`;
    case "request.withdrawn":
      return `${who} withdrew ${request(entry)}`;
    case "request.approved":
      return `${decider(entry)} approved ${request(entry)}: ${cells(entry)}`;
    case "request.narrowed":
      return `${decider(entry)} approved less of ${request(entry)}: ${cells(entry)}`;
    case "request.denied":
      return `${decider(entry)} denied ${request(entry)}`;
    case "request.expired":
      return `Nobody decided ${request(entry)} in time${unanswered(entry)}`;
    case "request.closed":
      return `${upperFirst(request(entry))} was closed${because(entry)}`;
    case "grant.activated":
      return has(entry, "from")
        ? `The grant of ${request(entry)} goes on by itself when the first is over`
        : `${who} opened the grant of ${request(entry)}`;
    case "grant.returned":
      return `${who} gave the grant of ${request(entry)} back`;
    case "grant.revoked":
      return `${who} revoked the grant of ${request(entry)}`;
    case "grant.ended":
      return has(entry, "why")
        ? `The grant of ${request(entry)} ended with its session`
        : `The time of the grant of ${request(entry)} was over`;
    case "grant.lapsed":
      return `The grant of ${request(entry)} was not opened in time`;
    case "reveal.opened":
      return `${who} saw ${cells(entry)}${approvedBy(entry)}`;
    case "reveal.signed":
      return `${who} signed with a passkey that they open ${cells(entry)}`;
    case "reveal.copied":
      return `${who} copied ${cells(entry)}`;
    case "reveal.refused":
      return `${who} was refused a reveal${because(entry)}`;
    case "access.refused":
      return `${who} was refused${because(entry)}`;
    case "mail.wishes_changed":
      return `${who} changed what they are told by e-mail`;
    case "mail.test_asked":
      return `${who} asked for an e-mail to try the server`;
    case "audit.read":
      return `${who} read the audit log`;
    case "audit.exported":
      return `${who} exported the audit log`;
    case "audit.export_ended":
      return `${who} got ${rows(entry)} rows of ${entry.details?.["format"] === "receipts" ? "the receipts" : "the audit log"}${howEnded(entry)}`;
    case "report.download_ended":
      return `${who} got ${rows(entry)} rows of ${report(entry)}${howEnded(entry)}`;
    case "report.run":
      return `${who} read ${report(entry)}`;
    case "report.identities_shown":
      return `${who} had the names of employees shown in a report on a data subject`;
    case "report.downloaded":
      return `${who} took ${report(entry)} away as ${String(entry.details?.["format"]).toUpperCase()}`;
    default:
      return `${who}: ${lowerFirst(eventCodes[entry.code]?.[1] ?? entry.code)}${about(entry)}`;
  }
}

const policyDeeds = {
  "policy.saved": "saved a draft of",
  "policy.tested": "tested",
  "policy.activated": "activated",
  "policy.retired": "retired",
  "policy.replayed": "tried the past on",
} as const;

const report = ({ details, subject, resource }: AuditEntry) =>
  `the report “${String(details?.["report"])}”${subject || resource?.table ? ` on ${subject?.name ?? resource?.table}` : ""}`;

const rows = ({ details }: AuditEntry) => Number(details?.["rows"]).toLocaleString("en-US");

/** Older entries do not say how a download ended. */
function howEnded({ details }: AuditEntry): string {
  if (details?.["end"] === "cancelled") return ", and cancelled the rest";
  return details?.["end"] === "broken" ? "; then it broke off" : "";
}

function table(entry: AuditEntry): string {
  return entry.resource?.table ?? "a table";
}

function source(entry: AuditEntry): string {
  return entry.resource?.source ?? "a source";
}

function stopped(entry: AuditEntry): string {
  return entry.subject?.name ?? entry.resource?.source ?? "all access";
}

const classTitle = (entry: AuditEntry) => String(entry.details?.["title"]);

function view(entry: AuditEntry): string {
  const { name, shared } = entry.details ?? {};
  return `the view “${String(name)}” of ${table(entry)}${shared === true ? ", shared" : ""}`;
}

function columns(entry: AuditEntry): string {
  const fields = entry.resource?.fields ?? [];
  return fields.length <= 3 ? listed(fields) : `${fields.length} columns`;
}

function cells(entry: AuditEntry): string {
  const fields = entry.resource?.fields ?? [];
  const count = entry.resource?.recordCount ?? entry.resource?.records?.length ?? 0;
  const what =
    fields.length === 0 ? "fields" : fields.length <= 3 ? listed(fields) : `${fields.length} fields`;
  const [only] = entry.resource?.records ?? [];
  const where =
    count === 1 && only
      ? isErased(only)
        ? recordName(only)
        : `record ${short(recordName(only))}`
      : `${count.toLocaleString("en-US")} records`;
  return `${what} of ${where} in ${table(entry)}`;
}

function request(entry: AuditEntry): string {
  return entry.requestNumber === undefined ? "a request" : `request ${entry.requestNumber}`;
}

function unanswered(entry: AuditEntry): string {
  const count = Number(entry.details?.["unanswered"] ?? 0);
  return count === 0 ? "" : `; ${count === 1 ? "a question was" : `${count} questions were`} not answered`;
}

function approvedBy(entry: AuditEntry): string {
  const names = entry.approvers?.map((person) => person.name) ?? [];
  return names.length === 0 ? "" : `, approved by ${listed(names)}`;
}

function details(entry: AuditEntry, name: string): readonly string[] {
  const value = entry.details?.[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

const has = ({ details }: AuditEntry, name: string) => details?.[name] !== undefined;
/** Who voted, and for whom where they stood in for somebody. */
function decider(entry: AuditEntry): string {
  const standsInFor = entry.details?.["standsInFor"];
  return typeof standsInFor === "string" ? `${entry.actor.name} for ${standsInFor}` : entry.actor.name;
}

function because(entry: AuditEntry): string {
  const refusal = entry.details?.["refusal"] ?? entry.details?.["permission"] ?? entry.details?.["why"];
  return typeof refusal === "string" ? `: ${refusal.replaceAll("-", " ")}` : "";
}

function about(entry: AuditEntry): string {
  const what = entry.subject?.name ?? entry.resource?.table ?? entry.resource?.source;
  return what === undefined ? "" : ` (${what})`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function short(text: string): string {
  return text.length <= 18 ? text : `${text.slice(0, 16)}…`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
