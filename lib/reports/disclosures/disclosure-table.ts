import "server-only";
import type { AuditEntry } from "@/lib/audit/entry";
import { recordName } from "@/lib/audit/facts";
import type { Context } from "@/lib/auth/context";
import { toldWords } from "@/lib/reports/disclosures/disclosure-words";
import { readDisclosures, type Subject } from "@/lib/reports/disclosures/read-disclosures";
import { recipients, type Recipients } from "@/lib/reports/disclosures/recipients";
import type { AsOf, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";
import { purposeWords } from "@/lib/requests/request";

/** What one report lists: whose records, in which form and time, and whether employees are named. */
export type Listing = {
  ctx: Pick<Context, "db">;
  subjects: readonly Subject[];
  isNamed: boolean;
  form: "access" | "accounting";
  from: string;
  before: string;
  asOf: AsOf;
};

/** Each time somebody was told something, oldest first. */
export function disclosureTable(listing: Listing): TableSection {
  const isAccounting = listing.form === "accounting";
  return {
    kind: "table",
    id: "disclosures",
    title: isAccounting ? "Disclosures" : "Who was told what",
    columns: [
      { id: "at", title: "Date", kind: "instant" },
      { id: "recipient", title: "Recipient", kind: "text", weight: 1.2 },
      { id: "what", title: isAccounting ? "Disclosure" : "What happened", kind: "text", weight: 1.6 },
      { id: "table", title: "Table", kind: "text" },
      { id: "record", title: "Record", kind: "text", weight: 0.8 },
      { id: "fields", title: "Fields", kind: "text", weight: 1.2 },
      { id: "classes", title: "Kinds of data", kind: "text", weight: 1.2 },
      { id: "levels", title: "How much", kind: "text", weight: 0.6 },
      { id: "purpose", title: "Purpose", kind: "text", weight: 1.2 },
      { id: "request", title: "Request", kind: "number", weight: 0.6 },
    ],
    empty: "Nobody was told anything of these records in this time.",
    rows: () => rowsOf(listing),
  };
}

async function* rowsOf(listing: Listing): AsyncGenerator<readonly Row[]> {
  const who = recipients(listing.isNamed);
  const handles = new Map<string, string>(listing.subjects.map(({ ref, handle }) => [ref, handle]));
  for await (const entries of readDisclosures(listing.ctx.db, listing, listing.asOf))
    yield entries.map((entry) => rowOf(entry, who, handles));
}

function rowOf(entry: AuditEntry, who: Recipients, handles: ReadonlyMap<string, string>): Row {
  const { resource } = entry;
  // Of records of other people in the same event nothing is said.
  const records = (resource?.records ?? []).flatMap((ref) => handles.get(ref) ?? []);
  return [
    new Date(entry.occurredUs / 1000).toISOString(),
    who.nameOf(entry),
    toldWords(entry),
    resource?.table ?? null,
    records.map(recordName).join(" · "),
    listed(resource?.fields),
    listed(resource?.classes),
    listed(resource?.levels),
    entry.purpose === undefined ? null : purposeWords(entry.purpose),
    entry.requestNumber ?? null,
  ];
}

const listed = (items: readonly string[] | undefined) => (items ? [...new Set(items)].join(", ") : null);
