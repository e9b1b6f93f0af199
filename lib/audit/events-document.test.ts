import fs from "node:fs";
import { expect, test } from "vitest";
import { eventCodes, type EventCode } from "./codes";
import type { AuditEntry } from "./entry";
import { eventsDocument } from "./events-document";
import { missingParts, promisedParts } from "./promised-parts";
import { requirements } from "./requirements";
import { oneOfEach } from "@/lib/testing/one-of-each";

const codes = Object.keys(eventCodes) as EventCode[];

test("docs/audit-events.md is what the code says; npm run audit:events writes it", () => {
  expect(fs.readFileSync("docs/audit-events.md", "utf8")).toBe(eventsDocument());
});

test("every requirement names events that exist", () => {
  const nothing = requirements.flatMap(({ id, events }) =>
    events.filter((start) => !codes.some((code) => code.startsWith(start))).map((start) => `${id}: ${start}`),
  );
  expect(nothing).toEqual([]);
});

const frame = {
  ...{ v: 1, seq: 3, occurredUs: 5, outcome: "success", channel: "console", ip: null, session: null },
  ...{ device: "Firefox on Windows", webRequest: null, writer: { instance: "a", version: "1" } },
  actor: { kind: "person", id: "1", name: "Ana", roles: ["agent"] },
} as const;

const whole = (code: EventCode) => {
  const event = oneOfEach().find((one) => one.code === code)!;
  const names = promisedParts(code).flatMap((part) => (part.startsWith("details.") ? [part.slice(8)] : []));
  return { ...event, ...frame, details: Object.fromEntries(names.map((name) => [name, "x"])) } as AuditEntry;
};

test.each(codes)(
  "%s with all that it promises lacks nothing, and each part that is taken away is missed",
  (code) => {
    const entry = whole(code);
    expect(missingParts(entry)).toEqual([]);
    const bare = { ...frame, code, details: {} } as unknown as AuditEntry;
    expect(missingParts(bare).toSorted()).toEqual([...promisedParts(code)].toSorted());
  },
);

test("an event without a part of its frame is missed", () => {
  for (const name of [
    "actor",
    "ip",
    "session",
    "occurredUs",
    "outcome",
    "device",
    "webRequest",
    "writer",
  ] as const) {
    const { [name]: _, ...rest } = whole("auth.signed_out");
    expect(missingParts(rest as AuditEntry)).toEqual([name]);
  }
});
