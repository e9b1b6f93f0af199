import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventCodes } from "@/lib/audit/codes";
import type { AuditEntry } from "@/lib/audit/entry";
import { cef, type Told } from "@/lib/forwarding/cef";
import { ocsf } from "@/lib/forwarding/ocsf";
import { signatureOf } from "@/lib/forwarding/signature";
import { syslogFrame } from "@/lib/forwarding/syslog";
import { oneOfEach } from "@/lib/testing/one-of-each";
import { readCef, readFrames } from "@/lib/testing/syslog-reader";

const entries = oneOfEach().map((event, seq): AuditEntry => ({
  v: 1,
  ...event,
  outcome: eventCodes[event.code][0],
  seq,
  occurredUs: 1_790_000_000_123_456 + seq,
  actor: { kind: "person", id: "77777777-0000-4000-8000-000000000000", name: "Ana", roles: ["agent"] },
  session: null,
  channel: "console",
  ip: "192.0.2.7",
}));
const told = (entry: AuditEntry): Told => ({
  entry,
  leafHash: "ab".repeat(32),
  sentence: `Ana did it: ${entry.reason ?? ""}`,
  title: eventCodes[entry.code][1],
  version: "1",
});
const reveal = entries.find(({ code }) => code === "reveal.opened")!;

/** What people write, and what somebody writes who wants a second message in the log of others. */
const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...'\n \r\n \u0000 \u001b[2J \u2028 \u0085 \u202e | = ] \\ \\n " \ud800 suser=Max  rt=1  cs1=forged <13>1 2026-01-01T00:00:00Z h a - - - 99 CEF:0|X|Y|1|z|forged|10| '.split(
          " ",
        ),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(" ")),
);

describe("no text of a person can forge a message, a field or a line", () => {
  const from = (text: string, form: (one: Told) => string) => {
    const entry = {
      ...reveal,
      reason: text,
      ticket: text,
      actor: { ...reveal.actor, name: text },
      subject: { id: "1", name: text },
      resource: { ...reveal.resource, table: text, records: [text, text] },
    };
    const frame = syslogFrame(entry, text, form({ ...told(entry), sentence: text }));
    const { messages, rest } = readFrames(Buffer.concat([frame, frame]));
    expect(rest).toHaveLength(0);
    expect(messages).toHaveLength(2);
    expect(messages[0]?.message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    return messages[0]!.message;
  };

  test("in CEF", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { header, fields } = readCef(from(text, cef));
        expect(header).toEqual([
          "CEF:0",
          "Glimpse",
          "Glimpse",
          "1",
          "reveal.opened",
          eventCodes["reveal.opened"][1],
          "5",
        ]);
        expect(fields.get("rt")).toBe(String(Math.floor(reveal.occurredUs / 1000)));
        expect(fields.get("suid")).toBe(reveal.actor.id);
        expect(fields.get("outcome")).toBe("success");
        expect(fields.get("cs1")).toBe("ab".repeat(32));
        // Nothing but what is not to be printed is lost.
        const kept = text
          .replaceAll(/\r\n|\r/g, "\n")
          .replaceAll(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/gu, " ");
        if (kept.length < 900 && text !== "") expect(fields.get("reason")).toBe(kept);
      }),
    );
  });

  test("in OCSF, which leaves every character as it was", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const message = JSON.parse(from(text, ocsf)) as Record<string, unknown>;
        expect(message).toMatchObject({ class_uid: 6005, activity_id: 1, status_id: 1 });
        expect(message["comment"]).toBe(text);
      }),
    );
  });
});

test("every event has a class of OCSF whose numbers agree, and what that class asks for", () => {
  const asked = {
    3001: ["user"],
    3002: ["user", "service"],
    3004: ["entity"],
    6003: ["api", "src_endpoint", "actor"],
    6005: ["database", "src_endpoint", "actor"],
  };
  for (const entry of entries) {
    const message = JSON.parse(ocsf(told(entry))) as Record<string, number>;
    const uid = message["class_uid"] as keyof typeof asked;
    expect(message["category_uid"], entry.code).toBe(Math.floor(uid / 1000));
    expect(message["type_uid"], entry.code).toBe(uid * 100 + message["activity_id"]!);
    expect(Object.keys(message), entry.code).toEqual(
      expect.arrayContaining([...asked[uid], "metadata", "time", "severity_id"]),
    );
    expect(message["unmapped"], entry.code).toEqual(JSON.parse(JSON.stringify(entry)));
  }
});

describe("an entry tells from where, by which instance, under which policy and grant, and what came of it", () => {
  const whole: AuditEntry = {
    ...reveal,
    ...{ session: "s-1", device: "Firefox on Linux", webRequest: "w-1", policyVersion: 7 },
    writer: { instance: "glimpse-2", version: "0.9" },
    ...{ requestId: "r-1", requestNumber: 12, grantId: "g-1", details: { rule: "manager" } },
    approvers: [{ id: "1", name: "Max" }],
    resource: { ...reveal.resource, fields: ["email"], classes: ["email"], levels: ["full"] },
  };

  test("in CEF", () => {
    const fields = Object.fromEntries(readCef(cef(told(whole))).fields);
    expect(fields).toMatchObject({
      ...{ sourceServiceName: "console", requestClientApplication: "Firefox on Linux" },
      ...{ deviceExternalId: "glimpse-2", outcome: "success", cn3: "7", cn3Label: "policyVersion" },
      ...{ flexString1: "s-1", flexString1Label: "session", flexString2: "g-1", flexString2Label: "grant" },
      ...{ GlimpseAuditWebRequest: "w-1", GlimpseAuditApprovers: "Max", GlimpseAuditClasses: "email" },
      ...{ GlimpseAuditLevels: "full", cn1: "12" },
    });
    expect(readCef(cef(told(reveal))).fields.has("requestClientApplication")).toBe(false);
  });

  test("in OCSF", () => {
    expect(JSON.parse(ocsf(told(whole)))).toMatchObject({
      actor: {
        session: { uid: "s-1" },
        authorizations: [{ decision: "allowed", policy: { name: "manager", version: "7" } }],
      },
      src_endpoint: { ip: "192.0.2.7", svc_name: "console" },
      http_request: { uid: "w-1", user_agent: "Firefox on Linux" },
      metadata: {
        ...{ product: { version: "0.9" }, log_provider: "glimpse-2", correlation_uid: "r-1" },
        labels: ["request:12", "grant:g-1"],
      },
      status_detail: "success",
    });
    const denied = entries.find(({ code }) => code === "request.denied")!;
    expect(JSON.parse(ocsf(told({ ...denied, policyVersion: 7 })))).toMatchObject({
      actor: { authorizations: [{ decision: "denied" }] },
    });
  });
});

test("an entry that is too long for syslog is told in short, and names its place in the log", () => {
  const long = {
    ...reveal,
    resource: { ...reveal.resource, records: Array.from({ length: 900 }, (_, at) => `record-${at}`) },
  };
  const message = ocsf(told(long));
  expect(Buffer.byteLength(message)).toBeLessThan(8_000);
  expect(JSON.parse(message)).toMatchObject({
    metadata: { sequence: long.seq, uid: "ab".repeat(32) },
    unmapped: { cut: true },
  });
  expect(readCef(cef(told(long))).fields.get("cs4")?.length).toBe(1_000);
});

test("a message of syslog says when, from where and how grave it is", () => {
  const [message] = readFrames(syslogFrame(reveal, "glimpse.example.com", "x")).messages;
  expect(message).toEqual({
    priority: 110,
    time: `${new Date(1_790_000_000_000).toISOString().slice(0, 19)}.${String(123_456 + reveal.seq)}Z`,
    host: "glimpse.example.com",
    app: "glimpse",
    id: "reveal.opened",
    message: "x",
  });
  const refused = entries.find(({ code }) => code === "reveal.refused")!;
  expect(readFrames(syslogFrame(refused, "h", "x")).messages[0]?.priority).toBe(108);
});

test("the signature is over the time and the body, so that neither can be another", () => {
  const body = Buffer.from('{"leaf":"a"}\n');
  const right = createHmac("sha256", "k".repeat(32)).update('1790000000.{"leaf":"a"}\n').digest("hex");
  expect(signatureOf("k".repeat(32), "1790000000", body)).toBe(`v1=${right}`);
  expect(signatureOf("k".repeat(32), "1790000001", body)).not.toBe(`v1=${right}`);
});
