import "server-only";
import { recordName } from "@/lib/audit/facts";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { relatedRecords, type Related } from "@/lib/erasure/related-records";
import { subjectHandle } from "@/lib/erasure/subject";
import { Refusal } from "@/lib/refusal";
import { accessNotes, accountingNotes } from "@/lib/reports/disclosures/disclosure-words";
import { disclosureTable, type Listing } from "@/lib/reports/disclosures/disclosure-table";
import { readSubjects } from "@/lib/reports/disclosures/read-disclosures";
import { subjectInput, type SubjectAsked } from "@/lib/reports/disclosures/subject-input";
import { sumUp } from "@/lib/reports/disclosures/sum-up";
import { reportKind, type About, type AsOf, type Report } from "@/lib/reports/report";
import { spanBounds, spanWords } from "@/lib/reports/span";

/**
 * Who was told what of a person: the answer to a request for access under GDPR Art. 15, or an accounting of disclosures
 * under 45 CFR 164.528. Names of employees only with a justification, which is on record before they are read.
 */
export const disclosures = reportKind<SubjectAsked>({
  id: "disclosures",
  title: "Disclosures of a data subject",
  question: "Who has seen what of this person, when, and what for?",
  basis: ["GDPR Art. 15 (CJEU C-579/21)", "HIPAA 45 CFR 164.528"],
  permission: "reports",
  fields: [
    { kind: "table", name: "table", label: "Table" },
    { kind: "record", name: "record", label: "Record", help: "Its key, or its token (t_…)." },
    {
      kind: "choice",
      name: "related",
      label: "Related records",
      choices: [
        { value: "no", label: "This record alone" },
        { value: "yes", label: "And those that refer to it" },
      ],
    },
    {
      kind: "choice",
      name: "form",
      label: "Form",
      choices: [
        { value: "access", label: "Answer to the person (GDPR)" },
        { value: "accounting", label: "Accounting (HIPAA)" },
      ],
    },
    { kind: "span", usualDays: 365 },
    {
      kind: "text",
      name: "justification",
      label: "Why names of employees are necessary",
      help: "Empty: no names. At least 20 characters; on record.",
      optional: true,
      maxLength: 1000,
    },
  ],
  input: subjectInput,
  about,
  build,
});

async function found(ctx: Context, asked: SubjectAsked): Promise<{ table: CatalogTable; handle: string }> {
  requirePermission(ctx, "reports");
  const table = await findTable(ctx.db, { tableId: asked.table });
  if (!table) throw new Refusal("not-found");
  try {
    return { table, handle: subjectHandle(table, asked.record) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.fields["key"] === undefined) throw error;
    throw new Refusal("bad-input", { record: error.fields["key"] });
  }
}

async function about(ctx: Context, asked: SubjectAsked): Promise<About> {
  const { table, handle } = await found(ctx, asked);
  const subjects = await readSubjects(ctx.db, [{ tableId: table.id, handle }]);
  const records = subjects.map(({ ref }) => ref);
  return {
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
      ...(records.length === 0 ? {} : { records }),
      recordCount: 1,
    },
    ...(asked.related === "yes" ? { asksOf: { sourceId: table.source.id, tableId: table.id, handle } } : {}),
  };
}

async function build(ctx: Context, asked: SubjectAsked, asOf: AsOf): Promise<Report> {
  const { table, handle } = await found(ctx, asked);
  const isNamed = await showIdentities(ctx, asked);
  const related: Related =
    asked.related === "yes"
      ? await relatedRecords(ctx.db, table, handle)
      : { records: [{ table, handle, by: null }], notFollowed: [], hasMore: false };
  const records = related.records.map((one) => ({ tableId: one.table.id, handle: one.handle }));
  const subjects = await readSubjects(ctx.db, records);
  const listing: Listing = { ctx, subjects, isNamed, form: asked.form, asOf, ...spanBounds(asked) };
  const { sections, events } = await sumUp(listing);
  return {
    title: asked.form === "access" ? "Disclosures of a data subject" : "Accounting of disclosures",
    filters: filtersOf(asked, { table, handle, related }),
    sections: [
      ...sections,
      { ...disclosureTable(listing), total: events },
      {
        kind: "text",
        title: "What counts, and what does not",
        paragraphs: asked.form === "access" ? accessNotes : accountingNotes,
      },
    ],
  };
}

/** Puts on record why names are shown, before any is read; false where nobody asked for them. */
async function showIdentities(ctx: Context, asked: SubjectAsked): Promise<boolean> {
  const { justification } = asked;
  if (justification === null) return false;
  const { asksOf: _, ...whom } = await about(ctx, asked);
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "reports");
    return {
      result: undefined,
      event: { ...whom, code: "report.identities_shown", reason: justification },
    };
  });
  return true;
}

type Found = { table: CatalogTable; handle: string; related: Related };

function filtersOf(asked: SubjectAsked, { table, handle, related }: Found): Report["filters"] {
  const others = related.records.length - 1;
  const words = [
    others === 0 ? "none" : `${others.toLocaleString("en-US")} that refer to it`,
    ...(related.hasMore ? ["there are more, which are left out"] : []),
    ...related.notFollowed,
  ];
  return [
    ["Table", `${table.source.name}: ${table.schema}.${table.name}`],
    ["Record", recordName(handle)],
    ...(asked.related === "yes" ? [["Related records", words.join("; ")] as const] : []),
    ["Time", spanWords(asked)],
    ["Names of employees", asked.justification === null ? "not shown" : `shown: ${asked.justification}`],
  ];
}
