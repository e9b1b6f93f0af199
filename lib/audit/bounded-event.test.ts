import fc from "fast-check";
import { expect, test } from "vitest";
import { boundedEvent } from "@/lib/audit/bounded-event";
import { eventCodes, type EventCode } from "@/lib/audit/codes";
import { entryParts, parseEntry } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import { entryBundle, longestEntry } from "@/lib/audit/tile";
import { oneOfEach } from "@/lib/testing/one-of-each";

const context = {
  actor: { kind: "person", id: "11111111-0000-4000-8000-000000000000", name: "Ana", roles: ["agent"] },
  session: null,
  channel: "console",
  ip: "192.0.2.7",
};
const written = (event: AuditEvent) => {
  const [a, b, c] = entryParts(context, event);
  return `${a}${9_007_199_254_740_990}${b}${9_007_199_254_740_991}${c}`;
};

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 50 }),
  fc
    .tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 6_000 }))
    .map(([piece, times]) => piece.repeat(times)),
);
const list = fc
  .tuple(text, fc.integer({ min: 0, max: 3_000 }))
  .map(([one, times]) =>
    Array.from({ length: Math.min(times, Math.ceil(200_000 / (one.length + 1))) }, () => one),
  );
const events: fc.Arbitrary<AuditEvent> = fc.record(
  {
    code: fc.constantFrom(...(Object.keys(eventCodes) as EventCode[])),
    resource: fc.record(
      {
        source: text,
        table: text,
        records: list as fc.Arbitrary<SubjectRef[]>,
        fields: list,
        classes: list,
        levels: list,
      },
      { requiredKeys: [] },
    ),
    requestNumber: fc.nat(),
    reason: text,
    ticket: text,
    purpose: text,
    approvers: list.map((names) => names.map((name) => ({ id: "1", name }))),
    details: fc.dictionary(text, fc.oneof(text, list, fc.boolean(), fc.integer())),
  },
  { requiredKeys: ["code"] },
);

test("whatever an event is told to hold, its entry fits into a bundle, is JSON and says what happened", () => {
  fc.assert(
    fc.property(events, (event) => {
      const entry = written(event);
      expect(Buffer.byteLength(entry)).toBeLessThanOrEqual(longestEntry);
      expect(entryBundle([entry])).not.toBeNull();
      const said = parseEntry(entry);
      expect(said).toMatchObject({ code: event.code, outcome: eventCodes[event.code][0] });
      const count = event.resource?.records?.length;
      if (said.details?.["cut"] === true && said.resource && count !== undefined)
        expect(said.resource.recordCount).toBe(count);
    }),
    { numRuns: 60 },
  );
});

test("an event that fits is left as it is", () => {
  for (const event of oneOfEach()) expect(boundedEvent(event, longestEntry)).toBe(event);
});

test("a cut list says how many it does not name; references of records are left whole as long as they can be", () => {
  const refs = Array.from({ length: 500 }, (_, at) => `s_${String(at).padStart(64, "0")}` as SubjectRef);
  const event: AuditEvent = {
    code: "catalog.confirmed",
    resource: { records: refs, fields: Array.from({ length: 5_000 }, (_, at) => `a_column_${at}`) },
    details: { names: Array.from({ length: 300 }, (_, at) => `name ${at}`) },
  };
  const cut = boundedEvent(event, longestEntry);
  expect(cut.resource?.records).toEqual(refs);
  expect(cut.resource?.fields).toHaveLength(1_001);
  expect(cut.resource?.fields?.at(-1)).toBe("… and 4000 more");
  expect(cut.details).toMatchObject({ cut: true, names: event.details!["names"] });
});

test("ids stay whole, however little room the records of an event leave for the rest", () => {
  const id = "22222222-0000-4000-8000-000000000000";
  for (let count = 850; count < 960; count++) {
    const records = Array.from({ length: count }, () => `s_${"0".repeat(64)}` as SubjectRef);
    const resource = { sourceId: id, tableId: id, source: "Shop".repeat(30), table: "t".repeat(60), records };
    const reason = "A customer called about an order. ".repeat(50);
    const about = { requestId: id, grantId: id, subject: { id, name: "Jane" }, reason };
    const entry = parseEntry(written({ code: "reveal.opened", resource, ...about }));
    const { requestId, grantId, subject } = entry;
    const ids = [requestId, grantId, subject?.id, entry.resource?.sourceId, entry.resource?.tableId];
    expect(ids.filter((one) => one !== undefined && one !== id)).toEqual([]);
  }
});
