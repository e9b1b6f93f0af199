import type { AuditEntry } from "@/lib/audit/entry";
import { parseHandle } from "@/lib/catalog/record-handle";

/** The facts behind the sentence, for the opened row of the log and the export. */
export function facts(entry: AuditEntry): [string, string][] {
  const { resource } = entry;
  const all: [string, string | undefined][] = [
    ["Event", entry.code],
    ["Source", resource?.source],
    ["Table", resource?.table],
    ["Records", resource?.records?.map(recordName).join(" · ")],
    ["Fields", resource?.fields?.join(", ")],
    ["Classes", resource?.classes?.join(", ")],
    ["Levels", resource?.levels?.join(", ")],
    ["Person", entry.subject?.name],
    ["Approvers", entry.approvers?.map((person) => person.name).join(", ")],
    ["Purpose", entry.purpose],
    ["Reason", entry.reason],
    ["Ticket", entry.ticket],
    ["Policy version", entry.policyVersion?.toString()],
    ["Roles then", entry.actor.roles.join(", ")],
    ["Address", entry.ip ?? undefined],
    ["Channel", entry.channel],
    ["Device", entry.device ?? undefined],
    ["Web request", entry.webRequest ?? undefined],
    ["Written by", entry.writer && `${entry.writer.instance}, version ${entry.writer.version}`],
    ["Grant", entry.grantId],
    ...Object.entries(entry.details ?? {}).map(([name, value]): [string, string] => [
      words(name),
      String(value),
    ]),
  ];
  return all.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== "");
}

/**
 * A record as people name it: the text of its key, or its token where the key is sensitive. A reference that is still
 * one after `namedEntries` has lost its key.
 */
export function recordName(handle: string): string {
  if (isErased(handle)) return "an erased record";
  const key = parseHandle(handle);
  return key?.kind === "values" ? key.values.join(", ") : handle;
}

/** Whether a record was erased: its reference names nobody, and where its key had stood there is a mark. */
export function isErased(handle: string): boolean {
  return /^(s|erased)_[0-9a-f]+$/.test(handle);
}

function words(name: string): string {
  const spaced = name.replaceAll(/([A-Z])/g, " $1").replaceAll(/[_-]/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}
