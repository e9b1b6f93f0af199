import type { MadeReport } from "@/lib/reports/made-report";
import type { TableSection } from "@/lib/reports/report";
import type { Column, Row } from "@/lib/reports/view";

/** Names in scripts of their own, and one that nobody can read on one line. */
export const names = [
  "Łucja Żółć",
  "Ελένη Παπαδοπούλου",
  "Дмитро Їжакевич",
  "Nguyễn Thị Ánh",
  "Արամ Պետրոսյան",
  "ნინო ბერიძე",
  "Jean-Baptiste-Emmanuel de Montmorency-Laval-d’Oisemont",
];

const columns: readonly Column[] = [
  { id: "at", title: "When", kind: "instant" },
  { id: "event", title: "Event", kind: "number", weight: 0.6 },
  { id: "who", title: "Who", kind: "text", weight: 1.4 },
  { id: "reason", title: "Reason", kind: "text", weight: 2.4 },
  { id: "seconds", title: "Took", kind: "duration", weight: 0.8 },
];

/** A table of so many rows, made as they are read. */
export function sampleTable(
  count: number,
  reason = (index: number) => `Reason ${index} of the test`,
): TableSection {
  const row = (index: number): Row => [
    new Date(Date.UTC(2026, 0, 1) + index * 61_000).toISOString(),
    index,
    names[index % names.length] ?? "",
    reason(index),
    index % 3_000,
  ];
  return {
    kind: "table",
    id: "sample",
    title: "Sample of events",
    columns,
    empty: "None.",
    rows: () => made(count, row),
  };
}

async function* made(count: number, row: (index: number) => Row): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from < count; from += 1_000)
    yield Array.from({ length: Math.min(1_000, count - from) }, (_, index) => row(from + index));
}

/** A report with a part of each kind, and more of them than one page of contents has room for. */
export function sampleReport(sections: MadeReport["sections"]): MadeReport {
  return {
    kindId: "sample",
    title: "A sample of everything",
    question: "Does each part of a report come out on paper as it was meant, in each script, on each page?",
    basis: ["GDPR Art. 30(1)", "PCI DSS v4.0.1, 7.2.4"],
    filters: [["Time", "2026-01-01 to 2026-03-31 (UTC, both days included)"]],
    sections,
    madeBy: names[0] ?? "",
    madeAt: "2026-04-01T09:30:00.000Z",
    logSize: 123_456,
    note: `glimpse.example/audit\n123456\n${"q".repeat(43)}=\n\n— glimpse.example/audit ${"A".repeat(92)}\n`,
    verifierKey: "glimpse.example/audit+12345678+AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh",
  };
}
