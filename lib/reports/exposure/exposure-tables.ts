import "server-only";
import type { AuditEntry } from "@/lib/audit/entry";
import { recordName } from "@/lib/audit/facts";
import { withHandles } from "@/lib/audit/named-entries";
import type { Context } from "@/lib/auth/context";
import { hinting, masked, readExposure, revealing } from "@/lib/reports/exposure/read-exposure";
import type { AsOf, TableSection } from "@/lib/reports/report";
import type { Column, Row } from "@/lib/reports/view";
import { purposeWords } from "@/lib/requests/request";

/** Whom a report is about, and in which time: from the first moment, before the second. */
export type Looking = {
  ctx: Pick<Context, "db">;
  personId: string;
  from: string;
  before: string;
  asOf: AsOf;
};

const whenAndWhere: readonly Column[] = [
  { id: "at", title: "When", kind: "instant" },
  { id: "what", title: "What happened", kind: "text", weight: 1.2 },
  { id: "table", title: "Table", kind: "text", weight: 1.2 },
];

/** Each reveal and copy as a line, oldest first. */
export function revealTable(looking: Looking): TableSection {
  return {
    kind: "table",
    id: "reveals",
    title: "Each reveal and copy",
    columns: [
      ...whenAndWhere,
      { id: "records", title: "Records", kind: "text", weight: 1.4 },
      { id: "record_count", title: "How many", kind: "number", weight: 0.6 },
      { id: "fields", title: "Fields", kind: "text", weight: 1.2 },
      { id: "classes", title: "Kinds of data", kind: "text", weight: 1.2 },
      { id: "levels", title: "How much", kind: "text", weight: 0.6 },
      { id: "purpose", title: "Purpose", kind: "text" },
      { id: "request", title: "Request", kind: "number", weight: 0.6 },
      { id: "approvers", title: "Approved by", kind: "text" },
      { id: "address", title: "Address", kind: "text" },
      { id: "session", title: "Session", kind: "text" },
    ],
    empty: "No raw value was shown in this time.",
    rows: () => revealRows(looking),
  };
}

async function* revealRows(looking: Looking): AsyncGenerator<readonly Row[]> {
  const { db } = looking.ctx;
  for await (const entries of readExposure(db, { ...looking, codes: revealing }, looking.asOf))
    yield (await withHandles(db, entries)).map(revealRow);
}

const whatWords = {
  "reveal.opened": "Values were shown",
  "reveal.failed": "Could not be read, or were not shown",
  "reveal.copied": "A value was copied",
  "field_check.answered": "A masked value was compared",
  "lookup.answered": "A record was looked up by a masked value",
  "browse.table_opened": "The masked table was opened",
  "browse.export_ended": "Masked rows were exported",
} as const;

const wordsOf = ({ code }: AuditEntry) => whatWords[code as keyof typeof whatWords];
const momentOf = ({ occurredUs }: AuditEntry) => new Date(occurredUs / 1000).toISOString();
const tableOf = ({ resource }: AuditEntry) => `${resource?.source ?? ""}: ${resource?.table ?? ""}`;

const NAMED = 10;

function revealRow(entry: AuditEntry): Row {
  const { resource } = entry;
  const records = resource?.records ?? [];
  const more = records.length > NAMED ? [`and ${records.length - NAMED} more`] : [];
  return [
    ...[momentOf(entry), wordsOf(entry), tableOf(entry)],
    [...records.slice(0, NAMED).map(recordName), ...more].join(" · "),
    resource?.recordCount ?? records.length,
    listed(resource?.fields),
    listed(resource?.classes),
    listed(resource?.levels),
    entry.purpose === undefined ? null : purposeWords(entry.purpose),
    entry.requestNumber ?? null,
    listed(entry.approvers?.map(({ name }) => name)),
    entry.ip,
    entry.session,
  ];
}

/** What showed masked rows, or said whether a masked value is what somebody said: no raw value among it. */
export function maskedTable(looking: Looking): TableSection {
  return {
    kind: "table",
    id: "masked",
    title: "Masked pages and exports, lookups and comparisons",
    intro: "No raw value was shown by these.",
    columns: [
      ...whenAndWhere,
      { id: "fields", title: "Fields", kind: "text" },
      { id: "rows", title: "Rows", kind: "number", weight: 0.6 },
      { id: "answer", title: "Answer", kind: "text" },
      { id: "address", title: "Address", kind: "text" },
    ],
    empty: "Nothing was browsed, exported, looked up or compared in this time.",
    rows: () => maskedRows(looking),
  };
}

async function* maskedRows(looking: Looking): AsyncGenerator<readonly Row[]> {
  const codes = [...hinting, ...masked];
  for await (const entries of readExposure(looking.ctx.db, { ...looking, codes }, looking.asOf))
    yield entries.map(maskedRow);
}

function maskedRow(entry: AuditEntry): Row {
  const { rows, found, matches } = entry.details ?? {};
  const answer = found ?? (matches === undefined ? null : matches === true ? "matches" : "does not match");
  return [
    ...[momentOf(entry), wordsOf(entry), tableOf(entry)],
    listed(entry.resource?.fields),
    typeof rows === "number" ? rows : null,
    answer === null ? null : String(answer),
    entry.ip,
  ];
}

const listed = (items: readonly string[] | undefined) => (items ? [...new Set(items)].join(", ") : null);
