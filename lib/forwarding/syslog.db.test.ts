import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { useControlDatabase } from "@/lib/testing/control";
import { forwardAll, freshForwarder, happen, recordForwardSettings } from "@/lib/testing/forwarders";
import { useLogSettings } from "@/lib/testing/log-key";
import { authority, syslogReceiver, type SyslogReceiver } from "@/lib/testing/receivers";
import { readCef } from "@/lib/testing/syslog-reader";

const control = useControlDatabase();
const settings = useLogSettings();
let receiver: SyslogReceiver;

beforeAll(async () => {
  receiver = await syslogReceiver();
});
afterAll(() => receiver?.close());
afterEach(() => {
  Object.assign(receiver, { manner: "takes", messages: [], wrong: [] });
});

async function configured(format: "cef" | "ocsf" = "cef") {
  settings({
    GLIMPSE_FORWARD_SYSLOG: receiver.address,
    GLIMPSE_FORWARD_SYSLOG_FORMAT: format,
    GLIMPSE_FORWARD_CA: authority,
  });
  await recordForwardSettings();
  return freshForwarder("syslog");
}

const nextOf = async () =>
  Number((await control.owner`SELECT next FROM audit_forwarding WHERE destination = 'syslog'`)[0]?.["next"]);
const taken = () => receiver.messages.map(({ message }) => Number(readCef(message).fields.get("externalId")));

const forged = `x\n99 <110>1 2026-01-01T00:00:00Z h glimpse - reveal.opened - CEF:0|Glimpse|Glimpse|1|x|y|3|externalId=7 suser=Max \u2028 ]"\\`;

test("a server of syslog gets every event once as one message, whatever a reason holds", async () => {
  const forwarder = await configured();
  await happen(300, forged);
  expect(await forwardAll(forwarder)).toBe("idle");
  const size = await nextOf();
  expect(taken()).toEqual(Array.from({ length: size }, (_, seq) => seq));
  expect(receiver.messages.filter(({ id }) => id === "reveal.opened")).toHaveLength(300);
  expect(receiver.wrong).toEqual([]);
  await forwarder.end();
});

test("in OCSF too, with the entry of the log inside", async () => {
  const forwarder = await configured("ocsf");
  await happen(5, forged);
  await forwardAll(forwarder);
  const rows = await control.owner`SELECT entry FROM audit_events ORDER BY seq DESC LIMIT 5`;
  const entries = receiver.messages
    .slice(-5)
    .map(({ message }) => (JSON.parse(message) as { unmapped: unknown }).unmapped);
  expect(entries.toReversed()).toEqual(rows.map(({ entry }) => JSON.parse(entry as string)));
  await forwarder.end();
});

test("a receiver that refuses, hangs, breaks or closes early has acknowledged nothing, and misses nothing in the end", async () => {
  const forwarder = await configured();
  await forwardAll(forwarder);
  await happen(1_300);
  const from = await nextOf();
  for (const manner of ["refuses", "fails", "cuts", "hangs", "dies"] as const) {
    Object.assign(receiver, { manner, messages: [] });
    // Long after anything was acknowledged.
    forwarder.pass(120_000);
    expect(await forwarder.turn(), manner).toBe("trouble");
    expect(await nextOf(), manner).toBe(from);
  }
  Object.assign(receiver, { manner: "takes", messages: [] });
  expect(await forwardAll(forwarder)).toBe("idle");
  expect(taken()).toEqual(Array.from({ length: (await nextOf()) - from }, (_, at) => from + at));
  await forwarder.end();
});

test("what a receiver took in the last minute before it failed is sent again: it may have died with it", async () => {
  const forwarder = await configured();
  await forwardAll(forwarder);
  forwarder.pass(120_000);
  const from = await nextOf();
  await happen(20);
  expect(await forwardAll(forwarder)).toBe("idle");
  await happen(20);
  receiver.manner = "refuses";
  forwarder.pass(30_000);
  expect(await forwarder.turn()).toBe("trouble");
  Object.assign(receiver, { manner: "takes", messages: [] });
  await forwardAll(forwarder);
  expect(taken()).toEqual(Array.from({ length: 40 }, (_, at) => from + at));
  await forwarder.end();
});
