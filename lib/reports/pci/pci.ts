import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { readClasses } from "@/lib/catalog/read-classes";
import { accessTable, countAccesses } from "@/lib/reports/pci/list-accesses";
import { cardClasses, numberClasses } from "@/lib/reports/pci/card-classes";
import { cardColumnTable } from "@/lib/reports/pci/list-card-columns";
import { asArray, grantTable, holderTable, mayAskTable, rulesOfGrants } from "@/lib/reports/pci/list-grants";
import { reportKind, type AsOf, type Report } from "@/lib/reports/report";
import { onlySpan, spanWords } from "@/lib/reports/span";

type Span = { from: string; to: string };

/** Who can see full card numbers and why, and every access to cardholder data. */
export const pci = reportKind<Span>({
  id: "pci",
  title: "Cardholder data",
  question: "Who can see full card numbers, why, and who has had access to cardholder data?",
  basis: ["PCI DSS v4.0.1: 3.4.1, 7.2.1, 7.2.4, 7.2.5", "PCI DSS v4.0.1: 10.2.1.1, 10.2.2"],
  permission: "reports",
  fields: [{ kind: "span", usualDays: 90 }],
  input: onlySpan,
  build,
});

async function build(ctx: Context, span: Span, asOf: AsOf): Promise<Report> {
  const { all } = await readClasses(ctx.db);
  const cards = cardClasses(all);
  const numbers = numberClasses(all).map(({ id }) => id);
  const reading = { ctx, span, asOf, numbers, cards: cards.map(({ id }) => id) };
  const [counts, accesses, rules] = await Promise.all([
    countNow(ctx, asOf, numbers),
    countAccesses(reading),
    rulesOfGrants(reading),
  ]);
  return {
    title: "Cardholder data",
    filters: [
      ["Time", spanWords(span)],
      ["Classes", cards.map(({ title }) => title).join(", ")],
    ],
    sections: [
      {
        kind: "numbers",
        title: "At a glance",
        figures: [
          {
            label: "Columns of card numbers",
            value: counts.columns,
            kind: "number",
            note: "confirmed by a steward",
          },
          {
            label: "Can see full numbers now",
            value: counts.holders,
            kind: "number",
            note: "people with a live grant",
          },
          {
            label: "May ask for them",
            value: counts.agents,
            kind: "number",
            note: "people with the role of an agent",
          },
          {
            label: "Readings of full numbers",
            value: accesses.readings,
            kind: "number",
            note: "in the time",
          },
        ],
      },
      holderTable(reading),
      mayAskTable(reading),
      {
        kind: "bars",
        title: "By which rule they were opened",
        intro: "Grants of full card numbers in the time, by the rule of the policy that decided how.",
        of: "number",
        bars: rules,
        empty: "No grant of a full card number was made in the time.",
      },
      grantTable(reading),
      { ...accessTable(reading), total: accesses.all },
      cardColumnTable(reading, cards),
      { kind: "text", title: "What counts", paragraphs: countedSo },
    ],
  };
}

async function countNow({ db }: Context, { at }: AsOf, numbers: readonly string[]) {
  const now = sql`${at.toISOString()}::timestamptz`;
  const [row] = await db
    .select({
      columns: sql<number>`(SELECT count(*)::int FROM catalog_columns c JOIN catalog_tables t ON t.id = c.table_id
        JOIN sources s ON s.id = t.source_id WHERE c.class_id = ANY (${asArray(numbers)}) AND c.state = 'confirmed'
          AND c.gone_at IS NULL AND t.gone_at IS NULL AND s.removed_at IS NULL)`,
      holders: sql<number>`(SELECT count(DISTINCT g.holder_id)::int FROM grants g
        WHERE g.state IN ('ready', 'active') AND coalesce(g.ends_at, g.activate_by) > ${now}
          AND EXISTS (SELECT FROM jsonb_array_elements(g.fields) f WHERE f ->> 'level' = 'full'
            AND f ->> 'classId' = ANY (${asArray(numbers)})))`,
      agents: sql<number>`(SELECT count(*)::int FROM people p JOIN person_roles r ON r.person_id = p.id
        WHERE p.state = 'active' AND r.role = 'agent')`,
    })
    .from(sql`(SELECT) AS one`);
  if (!row) throw new Error("The columns of cards could not be counted.");
  return row;
}

const countedSo = [
  "No role sees a full card number by itself: it is masked in the source to at most its first six and last four digits (PCI DSS 3.4.1), and opens for one person, for records that were named, for minutes, by a grant. Who can see one is therefore who holds a live grant.",
  "An access is each reading of raw values, each attempt that was refused or failed, each copy, and each lookup or comparison by a masked value, in the order of the log. Looking at masked pages is none, for no cardholder data crosses the wire for them. Entries that were pruned after the period for which the log is kept are missing; PCI DSS 10.5.1 asks for twelve months at least.",
  "Security codes, PINs and track data (PCI DSS 3.3) are never opened by any grant.",
];
