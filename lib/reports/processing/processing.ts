import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { readClasses } from "@/lib/catalog/read-classes";
import { sourceTable, tableTable } from "@/lib/reports/processing/list-categories";
import { purposeTable, recipientTable, rightTable } from "@/lib/reports/processing/list-uses";
import { reportKind, type AsOf, type Report } from "@/lib/reports/report";
import { onlySpan, spanWords } from "@/lib/reports/span";
import type { Figure } from "@/lib/reports/view";

type Span = { from: string; to: string };

/** The record of processing activities, from the catalogue and from what was granted and why. */
export const processing = reportKind<Span>({
  id: "processing",
  title: "Record of processing",
  question:
    "Which personal data is looked at through Glimpse, for which purposes, by whom, and how is it guarded?",
  basis: ["GDPR Art. 30(1)", "GDPR Art. 5(2), 25, 32"],
  permission: "reports",
  fields: [{ kind: "span", usualDays: 365 }],
  input: onlySpan,
  build,
});

async function build(ctx: Context, span: Span, asOf: AsOf): Promise<Report> {
  const [classes, counts] = await Promise.all([readClasses(ctx.db), countCatalogue(ctx)]);
  const reading = { ctx, span, asOf, classes };
  return {
    title: "Record of processing",
    filters: [
      ["Uses", spanWords(span)],
      ["Catalogue", "as it stands at the moment of the report"],
    ],
    sections: [
      { kind: "numbers", title: "At a glance", figures: figuresOf(counts) },
      { kind: "text", title: "Controller and processors", paragraphs: controller },
      purposeTable(reading),
      sourceTable(reading),
      tableTable(reading),
      recipientTable(reading),
      rightTable(reading),
      { kind: "text", title: "Transfers to third countries", paragraphs: transfers },
      { kind: "text", title: "Retention", paragraphs: retention },
      { kind: "text", title: "Safeguards", paragraphs: safeguardsOf(counts) },
    ],
  };
}

type Counts = {
  sources: number;
  hardened: number;
  tables: number;
  columns: number;
  confirmed: number;
  clear: number;
  people: number;
};

async function countCatalogue({ db }: Pick<Context, "db">): Promise<Counts> {
  const [row] = await db
    .select({
      sources: sql<number>`count(DISTINCT s.id)::int`,
      hardened: sql<number>`(count(DISTINCT s.id) FILTER (WHERE s.reveal_sealed IS NOT NULL))::int`,
      tables: sql<number>`count(DISTINCT t.id)::int`,
      columns: sql<number>`count(c.id)::int`,
      confirmed: sql<number>`(count(c.id) FILTER (WHERE c.state = 'confirmed'))::int`,
      clear: sql<number>`(count(c.id) FILTER (WHERE c.state = 'confirmed' AND c.mask ->> 'method' = 'clear'))::int`,
      people: sql<number>`(SELECT count(*)::int FROM people WHERE state = 'active')`,
    })
    .from(
      sql`sources s LEFT JOIN catalog_tables t ON t.source_id = s.id AND t.gone_at IS NULL
        LEFT JOIN catalog_columns c ON c.table_id = t.id AND c.gone_at IS NULL`,
    )
    .where(sql`s.removed_at IS NULL`);
  if (!row) throw new Error("The catalogue could not be counted.");
  return row;
}

function figuresOf({ sources, tables, columns, confirmed, clear, people }: Counts): Figure[] {
  const share = (part: number) => (columns === 0 ? null : part / columns);
  return [
    { label: "Sources", value: sources, kind: "number", note: `${tables.toLocaleString("en-US")} tables` },
    { label: "Columns", value: columns, kind: "number" },
    {
      label: "Looked at by a steward",
      value: share(confirmed),
      kind: "share",
      note: "the rest is hidden from everybody",
    },
    {
      label: "Shown in the clear",
      value: share(clear),
      kind: "share",
      note: `to ${people.toLocaleString("en-US")} people at most`,
    },
  ];
}

const controller = [
  "Art. 30(1)(a): the name and contact details of the controller, of its representative and of its data protection officer are not known to Glimpse. They stand in the record that this one is a part of.",
  "Glimpse runs where its operator runs it and sends no record anywhere else; it is no processor of its own. It is one tool by which the sources below are looked at. What else is done with them is not in this record.",
];

const transfers = [
  "Glimpse transfers no record to a third country or an international organisation. People may sign in from elsewhere: each event of the log has the address from which they did.",
];

const retention = [
  "Of records: Glimpse keeps no copy. A value that was opened is shown for the time of its grant, at most 30 minutes, and held by nothing afterwards; the time limits for erasure are those of the sources.",
  "Of people who work with Glimpse: their requests, decisions and events are kept as evidence for as long as the retention of the audit log says, which holds no value of a record.",
];

function safeguardsOf({ hardened, sources }: Counts): string[] {
  return [
    "Masked by default: a column shows its value only where a steward has confirmed it as clear. Masks are computed in the source, so that raw values of masked fields do not cross the wire.",
    `Sources whose database masks by itself, so that the console could not read a raw value without a grant even if it tried: ${hardened.toLocaleString("en-US")} of ${sources.toLocaleString("en-US")}.`,
    "A value opens for one person, for fields and records that were named, for a purpose and a time, by a rule of the policy or by people who are not the requester. Grants end by the clock of the control database and can be revoked at once.",
    "Every step is an event of an append-only log whose entries are hashed into a signed tree; the last part of this document says how an outsider verifies it.",
  ];
}
