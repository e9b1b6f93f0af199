import fc from "fast-check";
import { expect, test } from "vitest";
import { eventCodes, type EventCode } from "./codes";
import { canonicalEntry, entryParts } from "./entry";
import type { AuditEvent } from "./event";
import { subjectRef } from "./subject-ref";

const text = fc.string({ unit: "grapheme", maxLength: 30 });
const ref = text.map((name) => subjectRef(Buffer.alloc(32), { sourceId: "s", tableId: "t" }, name));
const codes = Object.keys(eventCodes) as EventCode[];
const event: fc.Arbitrary<AuditEvent> = fc.record(
  {
    code: fc.constantFrom(...codes),
    requestId: text,
    requestNumber: fc.nat(),
    reason: text,
    ticket: text,
    purpose: text,
    policyVersion: fc.nat(),
    subject: fc.record({ id: text, name: text }),
    resource: fc.record({ table: text, records: fc.array(ref, { maxLength: 3 }), recordCount: fc.nat() }),
    details: fc.dictionary(fc.oneof(text, fc.constantFrom("seq", "occurredUs")), fc.oneof(text, fc.nat())),
  },
  { requiredKeys: ["code"] },
);
const context = fc.record({
  actor: fc.record({
    kind: fc.constant("person"),
    id: fc.option(text),
    name: text,
    roles: fc.array(text, { maxLength: 2 }),
  }),
  session: fc.option(text),
  channel: fc.constant("console"),
  ip: fc.option(text),
});

test("the parts of an entry, with time and number between them, are its canonical JSON", () => {
  fc.assert(
    fc.property(context, event, fc.nat(), fc.nat(), (frame, given, occurredUs, seq) => {
      const [beforeTime, beforeSeq, afterSeq] = entryParts(frame, given);
      const spliced = `${beforeTime}${occurredUs}${beforeSeq}${seq}${afterSeq}`;
      expect(spliced).toBe(canonicalEntry({ ...frame, seq, occurredUs }, given));
    }),
  );
});
