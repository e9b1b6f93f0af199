import "server-only";
import { eq, inArray, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { EventCode } from "@/lib/audit/codes";
import { codesOf, type AuditFilter } from "@/lib/audit/filter";
import type { Moments } from "@/lib/audit/seq-range";
import { auditEvents } from "@/lib/db/schema/audit";
import { requests } from "@/lib/db/schema/requests";

const { code, outcome, occurredAt, actorId, tableId, requestId } = auditEvents;

/** Events that one index holds in their order: those of one value of a column, which `within` the index names. */
export type Lane = { column: PgColumn; value: SQL; within: SQL | null };

/** A part of a filter: what its events meet, and the lanes that together hold all of them; none where no index does. */
export type FilterPart = { lanes: readonly Lane[]; met: SQL };

const ofCode = (one: EventCode): Lane => ({ column: code, value: sql`${one}::text`, within: null });

const present = (column: PgColumn, value: SQL): FilterPart => ({
  lanes: [{ column, value, within: sql`${column} IS NOT NULL` }],
  met: sql`${column} = ${value}`,
});

const dayStart = (day: string) => sql`(${day}::date::timestamp AT TIME ZONE 'UTC')`;
const dayEnd = (day: string) => sql`((${day}::date + 1)::timestamp AT TIME ZONE 'UTC')`;

type Asked = Required<AuditFilter>;
type Asking = { [Name in keyof Asked]: (value: Asked[Name]) => FilterPart };

/** What each part of a filter asks of the log; one that is missing here does not compile. */
const partOf: Asking = {
  group: (group) => ({ lanes: codesOf(group).map(ofCode), met: inArray(code, codesOf(group)) }),
  code: (one) => ({ lanes: [ofCode(one)], met: eq(code, one) }),
  // Nearly everything went well: no index holds that.
  outcome: (one) => ({
    lanes:
      one === "success"
        ? []
        : [{ column: outcome, value: sql`${one}::text`, within: sql`${outcome} <> 'success'` }],
    met: eq(outcome, one),
  }),
  actorId: (id) => present(actorId, sql`${id}::uuid`),
  tableId: (id) => present(tableId, sql`${id}::uuid`),
  requestNumber: (number) =>
    present(requestId, sql`(SELECT ${requests.id} FROM ${requests} WHERE ${requests.number} = ${number})`),
  from: (day) => ({ lanes: [], met: sql`${occurredAt} >= ${dayStart(day)}` }),
  to: (day) => ({ lanes: [], met: sql`${occurredAt} < ${dayEnd(day)}` }),
};

/** The parts of a filter; null where no event can ever meet all of them. */
export function filterParts(filter: AuditFilter): FilterPart[] | null {
  const { group, ...others } = filter;
  if (group && filter.code && !codesOf(group).includes(filter.code)) return null;
  // A code says all that its group says.
  const asked = filter.code ? others : filter;
  return (Object.keys(asked) as (keyof Asked)[]).flatMap((name) => partNamed(asked, name));
}

function partNamed<Name extends keyof Asked>(filter: Partial<Asked>, name: Name): FilterPart[] {
  const value: Asked[Name] | undefined = filter[name];
  return value === undefined ? [] : [partOf[name](value)];
}

/** The moments between which the events of a filter lie. */
export function momentsOf({ from, to }: AuditFilter): Moments {
  return { from: from === undefined ? null : dayStart(from), before: to === undefined ? null : dayEnd(to) };
}
