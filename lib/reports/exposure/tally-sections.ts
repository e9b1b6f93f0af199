import "server-only";
import type { Context } from "@/lib/auth/context";
import { readClasses } from "@/lib/catalog/read-classes";
import type { Count, Tally } from "@/lib/reports/exposure/tally";
import type { Section, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

/** What was seen in numbers, the most sensitive first, and the sentences that a notification needs. */
export async function tallySections(ctx: Pick<Context, "db">, tally: Tally): Promise<Section[]> {
  const book = await readClasses(ctx.db);
  const classes = [...tally.classes]
    .map(([id, count]) => ({ id, count, known: book.get(id) }))
    .toSorted(
      (one, other) =>
        (other.known?.sensitivity ?? 0) - (one.known?.sensitivity ?? 0) ||
        other.count.records.size - one.count.records.size ||
        one.id.localeCompare(other.id),
    );
  const rows = classes.map(({ id, count, known }): Row => [
    known?.title ?? id,
    known?.sensitivity ?? null,
    known?.regulations.join(", ") ?? null,
    ...amounts(count),
  ]);
  const worst = classes.slice(0, 3).map(({ id, known }) => known?.title ?? id);
  return [
    {
      kind: "text",
      title: "In short",
      paragraphs: [
        tally.all.times === 0
          ? "No raw value was shown to this account in this time."
          : `Raw values of at most ${amount(tally.all.records.size, "record")}, and so of at most as many people, were shown to this account, in ${amount(tally.all.times, "reveal")}. Most sensitive: ${worst.join(", ")}. ${tally.copies === 0 ? "No value was copied through the product." : `${amount(tally.copies, "value")} copied through the product.`}`,
      ],
    },
    {
      kind: "numbers",
      title: "At a glance",
      figures: [
        { label: "Records at most", value: tally.all.records.size, kind: "number", note: "each once" },
        { label: "Reveals", value: tally.all.times, kind: "number" },
        { label: "Kinds of data", value: tally.classes.size, kind: "number" },
        { label: "Copies", value: tally.copies, kind: "number" },
      ],
    },
    classTable(rows),
    tableTable([...tally.tables]),
  ];
}

const counted = [
  { id: "records", title: "Records at most", kind: "number" },
  { id: "reveals", title: "Reveals", kind: "number" },
  { id: "fields", title: "Fields", kind: "text", weight: 2 },
] as const;

const empty = "No raw value was shown in this time.";

function classTable(rows: readonly Row[]): TableSection {
  return {
    kind: "table",
    id: "kinds-of-data",
    title: "By kind of data, the most sensitive first",
    columns: [
      { id: "kind", title: "Kind of data", kind: "text", weight: 1.4 },
      { id: "sensitivity", title: "Sensitivity", kind: "number" },
      { id: "regulations", title: "Falls under", kind: "text", weight: 1.4 },
      ...counted,
    ],
    empty,
    rows: () => once(rows),
  };
}

function tableTable(tables: readonly (readonly [string, Count])[]): TableSection {
  const rows = tables
    .toSorted(([, one], [, other]) => other.records.size - one.records.size)
    .map(([name, count]): Row => [name, ...amounts(count)]);
  return {
    kind: "table",
    id: "tables",
    title: "By table",
    columns: [{ id: "table", title: "Table", kind: "text", weight: 1.4 }, ...counted],
    empty,
    rows: () => once(rows),
  };
}

const amounts = ({ records, times, fields }: Count) =>
  [records.size, times, [...fields].toSorted().join(", ")] as const;

async function* once(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

const amount = (count: number, noun: string) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
