import { drizzle } from "drizzle-orm/postgres-js";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "@/bench/long-log";
import { canonicalEntry } from "@/lib/audit/entry";
import { codesOf, type AuditFilter } from "@/lib/audit/filter";
import { listEvents, type AuditPlace, type PageBounds } from "@/lib/audit/list-events";
import { lookThrough } from "@/lib/audit/look-through";
import type { EventPage } from "@/lib/audit/view";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();
let client: postgres.Sql;
let ivy: Context;

beforeAll(async () => {
  client = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
  await client`SET session_replication_role = replica`;
  for (const [id, number] of [
    [idOf(5), 1],
    [idOf(6), 2],
  ] as const)
    await client`INSERT INTO requests (id, number, requester_id, requester_roles, source_id, table_id, records, fields,
        purpose, reason, view_seconds, risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash,
        created_at, expires_at) OVERRIDING SYSTEM VALUE
      VALUES (${id}, ${number}, ${idOf(1)}, '{agent}', ${idOf(7)}, ${idOf(8)}, '{x}', '[{}]', 'customer-contact',
        'They called about it.', 300, '[]', 0, 1, 'review', ARRAY[${idOf(9)}::uuid], 'console', 'x', now(),
        now() + interval '1 day')`;
  const actor = Actor.signedIn({ id: idOf(9), name: "Ivy", roles: ["auditor"] });
  ivy = { actor, sessionId: idOf(2), channel: "console", ip: null, db: drizzle({ client }) };
});
afterAll(async () => client.end({ timeout: 5 }));

/** The first of them more often than not, so that what filters ask for at once is there at once too. */
const mostly = <Value>(first: Value, ...others: Value[]) =>
  fc.oneof({ weight: others.length + 1, arbitrary: fc.constant(first) }, fc.constantFrom(...others));

const codes = mostly(...(["reveal.opened", "reveal.copied", "access.refused", "source.changed"] as const));
const outcomes = mostly(...(["success", "refused", "failure"] as const));
const aDay = fc.constantFrom("2026-02-27", "2026-03-01", "2026-03-02", "2026-03-04", "2026-03-09");

const anEvent = fc.record({
  code: codes,
  outcome: outcomes,
  actorId: mostly(idOf(1), idOf(3), null),
  tableId: mostly(idOf(8), idOf(7), null),
  requestNumber: mostly(1, 2, null),
  minutesLater: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }) },
    fc.integer({ min: 0, max: 600 }),
  ),
  /** The clock may be set back, by less than an hour. */
  setBack: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 59 })),
  isPruned: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});
type Happening = typeof anEvent extends fc.Arbitrary<infer One> ? One : never;
type Made = Omit<Happening, "minutesLater" | "setBack"> & {
  seq: number;
  at: string;
};

const parts = {
  group: mostly("reveals" as const, "catalogue", "refusals"),
  code: codes,
  outcome: outcomes,
  actorId: mostly(idOf(1), idOf(3)),
  tableId: mostly(idOf(8), idOf(7)),
  requestNumber: mostly(1, 2, 3),
  from: aDay,
  to: aDay,
};
const aFilter = fc
  .tuple(fc.record(parts), fc.subarray(Object.keys(parts), { maxLength: 3 }))
  .map(([whole, names]): AuditFilter =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name))),
  );

/** The events with their numbers and times: the log as it would be, and what of it is left. */
function logOf(events: readonly Happening[]): Made[] {
  let minutes = 0;
  return events.map(({ minutesLater, setBack, ...event }, seq) => {
    minutes += minutesLater;
    const at = new Date(Date.UTC(2026, 2, 1) + (minutes - setBack) * 60_000).toISOString();
    return { ...event, seq, at };
  });
}

async function write(log: readonly Made[]): Promise<void> {
  await client`DELETE FROM audit_events`;
  const rows = log.filter(({ isPruned }) => !isPruned).map((event) => ({ ...event, entry: entryOf(event) }));
  await client`INSERT INTO audit_events (entry, seq, code, outcome, occurred_at, actor_id, table_id, request_id, leaf_hash)
    SELECT r.entry, r.seq, r.code, r.outcome, r.at, r."actorId", r."tableId",
      CASE r."requestNumber" WHEN 1 THEN ${idOf(5)}::uuid WHEN 2 THEN ${idOf(6)} END,
      sha256('\\x00'::bytea || convert_to(r.entry, 'UTF8'))
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS r (entry text, seq bigint, code text, outcome text,
      at timestamptz, "actorId" uuid, "tableId" uuid, "requestNumber" integer)`;
}

const entryOf = ({ seq, at, code, actorId }: Made) =>
  canonicalEntry(
    {
      ...{ seq, occurredUs: Date.parse(at) * 1000 },
      actor: { kind: "person", id: actorId, name: "Ana", roles: ["agent"] },
      ...{ session: null, channel: "console", ip: null },
    },
    { code },
  );

/** What a filter asks for, written once more and without a database. */
function matches(event: Made, filter: AuditFilter): boolean {
  const { group, code, from, to, ...same } = filter;
  if (event.isPruned) return false;
  if (group && !codesOf(group).includes(event.code)) return false;
  if (code && event.code !== code) return false;
  if ((from && event.at.slice(0, 10) < from) || (to && event.at.slice(0, 10) > to)) return false;
  return (Object.keys(same) as (keyof typeof same)[]).every((name) => event[name] === same[name]);
}

/** All events from a place on in the order of the pages, which must come to an end. */
async function walk(filter: AuditFilter, from: AuditPlace, bounds: PageBounds): Promise<number[]> {
  const seen: number[] = [];
  for (let place = from, pages = 0; ; pages++) {
    expect(pages).toBeLessThan(1_000);
    const page = await listEvents(ivy, filter, place, bounds);
    const numbers = page.events.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    const isBack = place.after === undefined;
    seen.push(...(isBack ? numbers : numbers.toReversed()));
    const next = isBack ? page.older : page.newer;
    expect(saysSo(page, bounds, next)).toBe(true);
    if (next === null) return seen;
    place = isBack ? { before: next } : { after: next };
  }
}

/** A page that is not full and not the last says how far it has looked, and no other does. */
function saysSo({ events, looked }: EventPage, { most }: PageBounds, next: number | null): boolean {
  if (looked === null) return events.length === most || next === null;
  return next === (looked.direction === "older" ? looked.first : looked.last) && looked.left > 0;
}

async function exported(
  filter: AuditFilter,
  log: { size: number; most: number; bound: number },
): Promise<number[]> {
  const { seq } = auditEvents;
  const numbers: number[] = [];
  const batches = lookThrough(ivy.db, filter, log, (look) =>
    ivy.db
      .select({ seq })
      .from(auditEvents)
      .where(look.where)
      .orderBy(look.order)
      .limit(log.most + 1),
  );
  for await (const rows of batches) numbers.push(...rows.map((row) => row.seq));
  return numbers;
}

test("pages and exports that stop looking early give the very events of a filter, once each and in order, in both directions, whatever was pruned", async () => {
  const bounds = fc.record({ most: fc.integer({ min: 1, max: 7 }), bound: fc.integer({ min: 1, max: 25 }) });
  const log = fc.array(anEvent, { maxLength: 100, size: "max" }).map(logOf);
  const property = fc.asyncProperty(
    log,
    fc.array(aFilter, { minLength: 3, maxLength: 3 }),
    bounds,
    fc.nat(100),
    async (events, filters, most, place) => {
      await write(events);
      for (const filter of filters) {
        const wanted = events.filter((event) => matches(event, filter)).map(({ seq }) => seq);
        expect(await walk(filter, {}, most)).toEqual(wanted.toReversed());
        expect(await walk(filter, { after: -1 }, most)).toEqual(wanted);
        expect(await walk(filter, { before: place }, most)).toEqual(
          wanted.filter((seq) => seq < place).toReversed(),
        );
        expect(await walk(filter, { after: place }, most)).toEqual(wanted.filter((seq) => seq > place));
        expect(await exported(filter, { size: events.length, ...most })).toEqual(wanted);
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 300_000);

test("a filter by day finds the events of its days though the clock of the database was set back, by less than an hour", async () => {
  const ticks = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 59 })), {
    minLength: 30,
    maxLength: 60,
  });
  const property = fc.asyncProperty(ticks, async (steps) => {
    let minutes = 0;
    const events = steps.map(([later, setBack], seq): Made => {
      minutes += later;
      const at = new Date(Date.UTC(2026, 2, 1, 22) + (minutes - setBack) * 60_000).toISOString();
      const event = { code: "reveal.opened", outcome: "success", actorId: null, tableId: null } as const;
      return { ...event, requestNumber: null, isPruned: false, seq, at };
    });
    await write(events);
    for (const filter of [{ to: "2026-03-01" }, { from: "2026-03-02" }]) {
      const wanted = events.filter((event) => matches(event, filter)).map(({ seq }) => seq);
      expect(await exported(filter, { size: events.length, most: 50, bound: 50 })).toEqual(wanted);
    }
  });
  await fc.assert(property, { numRuns: 40 });
}, 120_000);
