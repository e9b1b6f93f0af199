import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import { openWireTap } from "@/lib/testing/wire-tap";
import { approvedGrant, callAction, castOf, customerFields } from "./support/cast";
import { Client } from "./support/client";
import { Instance } from "./support/instance";
import { accountOf } from "./support/stack";
import { turnTo } from "./support/steps";
import { withTap } from "./support/tap";
import { expect, signIn, test } from "./support/test";

test.describe.configure({ timeout: 600_000 });

const ROUNDS = 20;
const AT_ONCE = 4;

test("a server that is killed while it reveals leaves no value that was read or received without its event", async ({
  control,
  watch,
  canaries,
  expectReveal,
}, info) => {
  const cast = await castOf(watch);
  const email = canaries.find(
    ({ table, column, key }) => `${table}.${column} ${key}` === "public.customers.email 7",
  )!;
  expectReveal(email.raw);
  const grant = await approvedGrant(cast, control, await customerFields(control, ["7"], ["email"]));
  await callAction(cast.Ana, "requests#activate", grant.grantId);
  const instance = await Instance.prepare(info.outputPath("killed.log"));
  const received: { nth: number; events: number }[] = [];
  const killing = withTap(control, async (tap) => {
    const inspect = (where: string, content: string | Uint8Array) => watch.inspect(where, content);
    let ana: Client | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      await instance.start();
      ana ??= await new Client(inspect, instance.baseUrl).signIn(accountOf("Ana"));
      let alive = true;
      const people = Array.from({ length: AT_ONCE }, async () => {
        while (alive && (await revealOnce(ana!, grant.grantId, email.raw))) {
          // Counted in this very turn; the events are looked up after.
          const nth = received.push({ nth: received.length + 1, events: 0 });
          received[nth - 1]!.events = await eventsOf(control, grant.grantId);
        }
      });
      // Every other server dies warm: a cold one takes long to answer for the first time.
      const before = received.length;
      if (round % 2 === 0)
        await expect.poll(() => received.length, { timeout: 30_000 }).toBeGreaterThan(before);
      await sleep(Math.random() * (round % 2 === 0 ? 200 : 1_000));
      await instance.kill();
      alive = false;
      await Promise.all(people);
    }
    const events = await eventsOf(control, grant.grantId);
    expect(received.length, "values that came before the server died").toBeGreaterThan(ROUNDS);
    expect(
      received.filter((one) => one.events < one.nth),
      "values received before their event",
    ).toEqual([]);
    const crossed = tap.fromServer().toString("latin1").split(email.raw).length - 1;
    expect(crossed, "values read from the source").toBeGreaterThanOrEqual(received.length);
    expect(crossed, "values read against events on record").toBeLessThanOrEqual(events);
  });
  try {
    await killing;
  } finally {
    await instance.kill();
  }
  watch.inspect("the log of the killed server", instance.log, []);
  await callAction(cast.Ana, "requests#giveBack", grant.grantId);
});

test("a decision whose database is lost on the way opens nothing, the page says so, and it can be taken again", async ({
  browser,
  control,
  deeds,
  watch,
}, info) => {
  const { number, id } = await deeds.ask("Ana", { keys: [44], fields: ["email"] });
  const database = new URL(process.env["DATABASE_URL"] ?? "");
  const tap = await openWireTap({ host: database.hostname, port: Number(database.port) });
  database.port = String(tap.port);
  const instance = await Instance.prepare(info.outputPath("lost.log"), database.href);
  const decided = () => control`
    SELECT r.state, (SELECT count(*)::int FROM decisions d WHERE d.request_id = r.id) AS votes,
      (SELECT count(*)::int FROM grants g WHERE g.request_id = r.id) AS grants FROM requests r WHERE r.id = ${id}`;
  try {
    await instance.start();
    const context = await browser.newContext({ baseURL: instance.baseUrl });
    watch.follow(context);
    const max = await context.newPage();
    await signIn(max, "Max");
    await turnTo(max, number);
    tap.cut();
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText("Glimpse did not answer.")).toBeVisible();
    expect(await decided()).toMatchObject([{ state: "pending", votes: 0, grants: 0 }]);
    tap.mend();
    await turnTo(max, number);
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText(`Request ${number} of Ana Souza is approved.`).first()).toBeVisible();
    expect(await decided()).toMatchObject([{ state: "approved", votes: 1, grants: 1 }]);
    expect(await deeds.codesOf(number)).toEqual(["request.submitted", "request.approved"]);
    await context.close();
  } finally {
    await instance.kill();
    await tap.close();
  }
  watch.inspect("the log of the server without a database", instance.log, []);
});

async function revealOnce(client: Client, grantId: string, raw: string): Promise<boolean> {
  const done = await callAction(client, "requests#reveal", { grantId }).catch(() => null);
  return done !== null && JSON.stringify(done).includes(raw);
}

async function eventsOf(control: Sql, grantId: string): Promise<number> {
  const [row] = await control<{ n: number }[]>`
    SELECT count(*)::int AS n FROM audit_events WHERE grant_id = ${grantId} AND code = 'reveal.opened'`;
  return row!.n;
}
