import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { eventCodes, type EventCode } from "@/lib/audit/codes";
import { parseEntry } from "@/lib/audit/entry";
import { BATCH, batches } from "@/lib/reports/batches";
import { asArray, type Reading } from "@/lib/reports/pci/list-grants";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";

/** What counts as access: readings and copies of raw values, and questions put to masked ones, however they ended. */
const accessCodes = (Object.keys(eventCodes) as EventCode[]).filter((code) =>
  /^(reveal|lookup|field_check)\./.test(code),
);

/**
 * The events about cardholder data in the time, out of `audit_events a`: by the classes that they name, and where an
 * attempt failed before any was read, by the fields of the request that it was about.
 */
function accesses({ span, asOf, cards }: Reading): SQL {
  const { from, before } = spanBounds(span);
  const named = sql`a.entry::jsonb -> 'resource' -> 'classes'`;
  return sql`a.code = ANY (${asArray(accessCodes)}) AND a.seq < ${asOf.logSize}::bigint
    AND a.occurred_at >= ${from}::timestamptz AND a.occurred_at < ${before}::timestamptz
    AND (${named} ?| ${asArray(cards)} OR ${named} IS NULL AND EXISTS (
      SELECT FROM requests r CROSS JOIN LATERAL jsonb_array_elements(r.fields) AS f
      WHERE r.id = a.request_id AND f ->> 'classId' = ANY (${asArray(cards)})))`;
}

/**
 * How many accesses there were in the time, and how often full card numbers were read. Fields, classes and levels of an
 * event stand in the same order.
 */
export async function countAccesses(reading: Reading): Promise<{ readings: number; all: number }> {
  const part = (name: string) =>
    sql`jsonb_array_elements_text(a.entry::jsonb -> 'resource' -> ${name}::text) WITH ORDINALITY`;
  const [row] = await reading.ctx.db
    .select({
      all: sql<number>`count(*)::int`,
      readings: sql<number>`count(*) FILTER (WHERE a.code = 'reveal.opened' AND EXISTS (
        SELECT FROM ${part("classes")} AS c (id, place) JOIN ${part("levels")} AS l (level, place) USING (place)
        WHERE c.id = ANY (${asArray(reading.numbers)}) AND l.level = 'full'))::int`,
    })
    .from(sql`audit_events a`)
    .where(accesses(reading));
  return row ?? { readings: 0, all: 0 };
}

/** Every access to cardholder data in the time, in the order of the log. */
export function accessTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "accesses",
    title: "Every access to cardholder data",
    intro: "In the order of the log. The number of each event is its place in the export that proves it.",
    columns: [
      { id: "event", title: "Event", kind: "number", weight: 0.6 },
      { id: "at", title: "When", kind: "instant", weight: 0.9 },
      { id: "who", title: "Who", kind: "text" },
      { id: "what", title: "What", kind: "text", weight: 1.5 },
      { id: "outcome", title: "Outcome", kind: "text", weight: 0.7 },
      { id: "table", title: "Table", kind: "text", weight: 1.2 },
      { id: "fields", title: "Fields", kind: "text" },
      { id: "records", title: "Records", kind: "number", weight: 0.7 },
      { id: "request", title: "Request", kind: "number", weight: 0.7 },
      { id: "approvers", title: "Approved by", kind: "text" },
      { id: "address", title: "From", kind: "text", weight: 0.9 },
    ],
    empty: "There was none in the time.",
    rows: () => accessRows(reading),
  };
}

async function* accessRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const read = (after: number | null) =>
    reading.ctx.db
      .select({
        seq: sql<number>`a.seq::float8`,
        entry: sql<string>`a.entry`,
        table: sql<string | null>`s.name || ': ' || t.schema || '.' || t.name`,
        fields: sql<
          string | null
        >`(SELECT string_agg(f ->> 'column', ', ') FROM jsonb_array_elements(r.fields) AS f)`,
      })
      .from(
        sql`audit_events a LEFT JOIN requests r ON r.id = a.request_id LEFT JOIN catalog_tables t ON t.id = r.table_id
          LEFT JOIN sources s ON s.id = r.source_id`,
      )
      .where(sql`${accesses(reading)} AND a.seq > ${after ?? -1}::bigint`)
      .orderBy(sql`a.seq`)
      .limit(BATCH);
  for await (const found of batches(read, ({ seq }) => seq)) yield found.map(rowOf);
}

const outcomeWords = { success: "Done", refused: "Refused", failure: "Failed" } as const;

/** What an event does not say of itself its request does. */
function rowOf(event: { entry: string; table: string | null; fields: string | null }): Row {
  const { seq, occurredUs, actor, code, outcome, resource, requestNumber, approvers, ip } = parseEntry(
    event.entry,
  );
  return [
    seq,
    new Date(occurredUs / 1_000).toISOString(),
    actor.name,
    eventCodes[code]?.[1] ?? code,
    outcomeWords[outcome],
    resource?.table === undefined ? event.table : `${resource.source ?? ""}: ${resource.table}`,
    resource?.fields?.join(", ") ?? event.fields,
    resource?.recordCount ?? resource?.records?.length ?? null,
    requestNumber ?? null,
    approvers?.map(({ name }) => name).join(", ") ?? null,
    ip,
  ];
}
