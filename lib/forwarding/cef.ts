import type { AuditEntry } from "@/lib/audit/entry";

/** What a line in CEF holds of an entry: the log itself has the whole. */
export type Told = { entry: AuditEntry; leafHash: string; sentence: string; title: string; version: string };

/** The longest value of a field; those of CEF are of 1,023 characters or more. */
const longest = 1_000;

/**
 * An entry as one line of the Common Event Format, version 0. Backslashes, pipes of the header, equals signs and line
 * ends are escaped as the format says; what is no printable character otherwise becomes a space. So no text of a person
 * can end a field or begin a line.
 */
export function cef({ entry, leafHash, sentence, title, version }: Told): string {
  const header = ["CEF:0", "Glimpse", "Glimpse", version, entry.code, title, String(severityOf(entry))];
  const { actor, resource, subject } = entry;
  const custom: [label: string, value: string | undefined][] = [
    ["leafHash", leafHash],
    ["table", joined([resource?.source, resource?.table])],
    ["fields", resource?.fields?.join(" ")],
    ["records", resource?.records?.join(" ")],
    ["purpose", entry.purpose],
    ["ticket", entry.ticket],
  ];
  const address = entry.ip?.includes(":") ? "c6a2" : "src";
  const fields: Field[] = [
    ["rt", Math.floor(entry.occurredUs / 1000)],
    ["externalId", entry.seq],
    ["outcome", entry.outcome],
    ["suser", actor.name],
    ["suid", actor.id],
    ["spriv", actor.roles.join(" ")],
    [address, entry.ip],
    [`${address}Label`, address === "c6a2" ? "Source IPv6 Address" : null],
    ["duser", subject?.name],
    ["duid", subject?.id],
    ["msg", sentence],
    ["reason", entry.reason],
    ["cn1", entry.requestNumber],
    ["cn1Label", entry.requestNumber === undefined ? null : "request"],
    ["cn2", resource?.recordCount],
    ["cn2Label", resource?.recordCount === undefined ? null : "recordCount"],
    ...custom.flatMap(([label, value], at): [string, string | undefined][] =>
      value === undefined || value === ""
        ? []
        : [
            [`cs${at + 1}`, value],
            [`cs${at + 1}Label`, label],
          ],
    ),
    ...circumstances(entry),
  ];
  const extension = fields.flatMap(([name, value]) =>
    value === null || value === undefined || value === "" ? [] : [`${name}=${inValue(String(value))}`],
  );
  return `${header.map((part, at) => (at === 0 ? part : inHeader(part))).join("|")}|${extension.join(" ")}`;
}

type Field = [name: string, value: string | number | null | undefined];

/** From where, by which instance and under which policy: in fields of CEF where it has one, else in fields of our own. */
function circumstances(entry: AuditEntry): Field[] {
  const { resource, policyVersion, session, grantId } = entry;
  const labelled = (name: string, label: string, value: string | number | null | undefined): Field[] => [
    [name, value],
    [`${name}Label`, value === null || value === undefined ? null : label],
  ];
  return [
    ["sourceServiceName", entry.channel],
    ["requestClientApplication", entry.device],
    ["deviceExternalId", entry.writer?.instance],
    ...labelled("cn3", "policyVersion", policyVersion),
    ...labelled("flexString1", "session", session),
    ...labelled("flexString2", "grant", grantId),
    ["GlimpseAuditWebRequest", entry.webRequest],
    ["GlimpseAuditApprovers", entry.approvers?.map(({ name }) => name).join(", ")],
    ["GlimpseAuditClasses", resource?.classes?.join(" ")],
    ["GlimpseAuditLevels", resource?.levels?.join(" ")],
  ];
}

/** From 0 to 10, as CEF counts. */
function severityOf({ code, outcome }: AuditEntry): number {
  if (code === "audit.check_failed") return 10;
  if (code === "emergency.opened") return 8;
  if (outcome === "failure") return 7;
  if (outcome === "refused") return 6;
  return code.startsWith("reveal.") ? 5 : 3;
}

const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part).join(" ");

/** Characters that are none to print: controls, separators of lines, and what turns the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function inHeader(text: string): string {
  return cut(text).replace(unprintable, " ").replace(/[\\|]/g, "\\$&");
}

function inValue(text: string): string {
  return cut(text)
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(unprintable, " ").replace(/[\\=]/g, "\\$&"))
    .join("\\n");
}

function cut(text: string): string {
  const chars = [...text.slice(0, 2 * longest)];
  return chars.length <= longest ? text.slice(0, 2 * longest) : `${chars.slice(0, longest - 1).join("")}…`;
}
