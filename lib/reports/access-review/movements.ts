import "server-only";
import { and, desc, gte, inArray, lt, sql } from "drizzle-orm";
import type { EventCode } from "@/lib/audit/codes";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import { auditEvents } from "@/lib/db/schema/audit";
import { roleWords } from "@/lib/people/role";
import type { Role } from "@/lib/people/view";
import type { Reading } from "@/lib/reports/access-review/reading";
import { effectMs, readRemovals } from "@/lib/reports/access-review/removals";
import { BATCH, batches } from "@/lib/reports/batches";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";

const moving: readonly EventCode[] = [
  ...(["person.first_admin_made", "person.invited", "person.joined", "person.roles_changed"] as const),
  ...(["person.manager_changed", "person.disabled", "person.enabled"] as const),
  ...(["group.changed", "owners.changed"] as const),
];

/** Who came, left, and got or lost what, newest first. */
export function movementTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "movements",
    title: "Joiners, changes and leavers",
    columns: [
      { id: "at", title: "When", kind: "instant" },
      { id: "what", title: "What", kind: "text", weight: 1.2 },
      { id: "person", title: "Whom, or of what", kind: "text" },
      { id: "added", title: "Given", kind: "text", weight: 1.2 },
      { id: "removed", title: "Taken", kind: "text", weight: 1.2 },
      { id: "by", title: "By", kind: "text" },
      { id: "event", title: "Event", kind: "number", weight: 0.6 },
    ],
    empty: "Nobody came, left or changed in this time.",
    rows: () => movementRows(reading),
  };
}

async function* movementRows({ ctx, span, asOf }: Reading): AsyncGenerator<readonly Row[]> {
  const { from, before } = spanBounds(span);
  const read = (place: number | null) =>
    ctx.db
      .select({ seq: auditEvents.seq, entry: auditEvents.entry })
      .from(auditEvents)
      .where(
        and(
          inArray(auditEvents.code, [...moving]),
          gte(auditEvents.occurredAt, sql`${from}::timestamptz`),
          lt(auditEvents.occurredAt, sql`${before}::timestamptz`),
          lt(auditEvents.seq, place ?? asOf.logSize),
        ),
      )
      .orderBy(desc(auditEvents.seq))
      .limit(BATCH);
  for await (const found of batches(read, ({ seq }) => seq))
    yield found.map(({ entry }) => movementRow(parseEntry(entry)));
}

function movementRow(entry: AuditEntry): Row {
  const { code, details = {}, actor, seq, occurredUs } = entry;
  const isNew = code === "person.invited" || code === "person.joined";
  const given = code === "person.manager_changed" ? details["manager"] : details[isNew ? "roles" : "added"];
  return [
    new Date(Math.floor(occurredUs / 1000)).toISOString(),
    movements[code] ?? code,
    entry.subject?.name ?? String(details["group"] ?? details["of"] ?? actor.name),
    listed(given),
    listed(details["removed"]),
    actor.name,
    seq,
  ];
}

const movements: Partial<Record<EventCode, string>> = {
  "person.first_admin_made": "First admin",
  "person.invited": "Invited",
  "person.joined": "Joined",
  "person.roles_changed": "Roles changed",
  "person.manager_changed": "Manager changed",
  "person.disabled": "Disabled",
  "person.enabled": "Enabled again",
  "group.changed": "Group changed",
  "owners.changed": "Owners changed",
};

function listed(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  return value
    .map((one: string) => (Object.hasOwn(roleWords, one) ? roleWords[one as Role].name : one))
    .join(", ");
}

/** Every removal with its time to effect, newest first. */
export function removalTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "time-to-effect",
    title: "Removals with their time to effect",
    intro:
      "In milliseconds after the event that took the access away. A dash: nothing of the kind was open, or tried.",
    columns: [
      { id: "at", title: "When", kind: "instant" },
      { id: "person", title: "Whom", kind: "text" },
      { id: "taken", title: "Taken", kind: "text", weight: 1.2 },
      { id: "by", title: "By", kind: "text" },
      { id: "sessions", title: "Sessions ended", kind: "number", weight: 0.7 },
      { id: "last_session_ms", title: "Last session, ms", kind: "number", weight: 0.7 },
      { id: "grants", title: "Grants ended", kind: "number", weight: 0.7 },
      { id: "last_grant_ms", title: "Last grant, ms", kind: "number", weight: 0.7 },
      { id: "effect_ms", title: "Time to effect, ms", kind: "number", weight: 0.7 },
      { id: "last_refused_reveal_ms", title: "Last refused reveal, ms", kind: "number", weight: 0.8 },
      { id: "reveals_after", title: "Reveals after", kind: "number", weight: 0.7 },
    ],
    empty: "Nothing was taken from anybody in this time.",
    rows: () => removalRows(reading),
  };
}

async function* removalRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const read = (place: number | null) => readRemovals(reading, place);
  for await (const found of batches(read, ({ seq }) => seq))
    yield found.map((one): Row => {
      const taken = one.code === "person.disabled" ? "All: disabled" : listed(one.removed);
      const session = one.sessionMs === null ? null : Math.max(0, one.sessionMs);
      return [
        ...[one.at, one.person, taken, one.by, one.sessions, session, one.grants, one.grantMs],
        ...[effectMs(one), one.refusedMs, one.revealsAfter],
      ];
    });
}
