import type { Sql } from "postgres";
import { findCanaries, type Canary } from "@/lib/testing/canaries";
import { approvedGrant, callAction, castOf, customerFields, draftOf, rescan } from "./support/cast";
import { addressesFrom, browsedTables } from "./support/crawl";
import { eventsFrom, everythingStored, logSize } from "./support/stored";
import { expect, test } from "./support/test";
import { withTap } from "./support/tap";

test.describe.configure({ timeout: 300_000 });

const named = (found: readonly Canary[]) =>
  found.map(({ table, column, key }) => `${table}.${column} of ${key}`);
const ownOf = (canaries: readonly Canary[], key: string, columns: readonly string[]) =>
  canaries.filter(
    (one) => one.table === "public.customers" && one.key === key && columns.includes(one.column),
  );

test("no raw value crosses the wire to Glimpse while people browse, review, ask and decide", async ({
  control,
  watch,
  canaries,
}) => {
  const cast = await castOf(watch);
  const { Ana, Max, Sam } = cast;
  await withTap(control, async (tap) => {
    const tables = await browsedTables(control);
    for (const table of tables) {
      for (const address of await addressesFrom(Ana, table)) await Ana.get(address);
      await Sam.get(`/catalog/${table.path}`);
      expect((await Sam.get(`/api/samples?table=${table.id}`)).status).toBe(200);
    }
    expect((await rescan(cast, control)).status).toBe(200);
    const asked = await customerFields(control, ["1", "2"], ["email", "phone", "national_id"]);
    expect(await callAction(Ana, "requests#preview", draftOf(asked))).toMatchObject({ ok: true });
    const sent = await callAction(Ana, "requests#submit", draftOf(asked));
    const { number } = (sent as { output: { number: number } }).output;
    expect((await Max.get(`/inbox?request=${number}`)).status).toBe(200);
    expect((await Ana.get(`/requests/${number}`)).status).toBe(200);
    expect(tables.length).toBeGreaterThan(25);
    expect(tap.fromServer().length).toBeGreaterThan(100_000);
    expect(named(findCanaries(tap.fromServer(), canaries))).toEqual([]);
    await callAction(Ana, "requests#withdraw", await requestId(control, number));
  });
});

test("a reveal brings the values that were granted over the wire and no other, after its event is committed", async ({
  control,
  source,
  watch,
  canaries,
  expectReveal,
}) => {
  const cast = await castOf(watch);
  const granted = ownOf(canaries, "3", ["email", "phone"]);
  const grant = await approvedGrant(cast, control, await customerFields(control, ["3"], ["email", "phone"]));
  await callAction(cast.Ana, "requests#activate", grant.grantId);
  granted.forEach(({ raw }) => expectReveal(raw));
  await withTap(control, async (tap) => {
    await cast.Ana.get("/browse/marigold/public/customers");
    tap.clear();
    const size = await logSize(control);
    // The source holds the raw read up for as long as we look at the log.
    const { answer, seen } = await source.begin(async (holding) => {
      await holding`LOCK TABLE public.customers IN ACCESS EXCLUSIVE MODE`;
      const revealing = callAction(cast.Ana, "requests#reveal", { grantId: grant.grantId });
      await expect.poll(() => waitsForTheLock(source)).toBe(true);
      const events = (await eventsFrom(control, size)).map(({ code }) => code);
      return { answer: revealing, seen: { events, wire: named(findCanaries(tap.fromServer(), granted)) } };
    });
    expect(seen).toEqual({ events: ["reveal.opened"], wire: [] });
    const done = await answer;
    expect(done).toMatchObject({ ok: true });
    const values = (done as { output: { values: { value: string }[] } }).output.values.map(
      ({ value }) => value,
    );
    expect(values.sort()).toEqual(granted.map(({ raw }) => raw).sort());
    const crossed = findCanaries(tap.fromServer(), canaries);
    expect(named(findCanaries(tap.fromServer(), canaries, values))).toEqual([]);
    expect(named(crossed)).toEqual(expect.arrayContaining(named(granted)));
  });
  await callAction(cast.Ana, "requests#giveBack", grant.grantId);
});

test("a source that goes away between the event and the reading shows nothing, and both are on record", async ({
  control,
  watch,
}) => {
  const cast = await castOf(watch);
  const grant = await approvedGrant(cast, control, await customerFields(control, ["4"], ["email"]));
  await callAction(cast.Ana, "requests#activate", grant.grantId);
  await withTap(control, async (tap) => {
    await cast.Ana.get("/browse/marigold/public/customers");
    tap.cut();
    const size = await logSize(control);
    expect(await callAction(cast.Ana, "requests#reveal", { grantId: grant.grantId })).toMatchObject({
      ok: false,
    });
    const events = (await eventsFrom(control, size)).map(({ code }) => code);
    expect(events.slice(0, 2)).toEqual(["reveal.opened", "reveal.failed"]);
    tap.mend();
  });
  await callAction(cast.Ana, "requests#giveBack", grant.grantId);
});

test("what was revealed, and what failed, leaves no raw value in any table of the control database", async ({
  control,
  source,
  watch,
  canaries,
  expectReveal,
}) => {
  const cast = await castOf(watch);
  const { Ana, Sam, Ivy } = cast;
  const [email] = ownOf(canaries, "5", ["email"]);
  const grant = await approvedGrant(cast, control, await customerFields(control, ["5"], ["email"]));
  await callAction(Ana, "requests#activate", grant.grantId);
  expectReveal(email!.raw);
  const revealed = await callAction(Ana, "requests#reveal", { grantId: grant.grantId });
  expect(revealed).toMatchObject({ ok: true });
  const [{ record, columnId }] = (revealed as { output: { values: [{ record: string; columnId: string }] } })
    .output.values;
  await callAction(Ana, "requests#copied", { grantId: grant.grantId, record, columnId });
  for (const { harm, mend } of harms) {
    await source.unsafe(harm);
    try {
      const page = await Ana.get("/browse/marigold/public/bank_accounts");
      // Not found from the moment on at which the catalogue has noticed.
      expect.soft([200, 404], harm).toContain(page.status);
      expect
        .soft(page.text, harm)
        .not.toMatch(/relation "|permission denied|invalid input syntax|does not exist/);
      await Ana.get(`/browse/marigold/public/bank_accounts/${record}`);
      await callAction(Ana, "requests#reveal", { grantId: grant.grantId });
      await Sam.get("/catalog/marigold/public/bank_accounts");
    } finally {
      await source.unsafe(mend);
    }
  }
  for (const wish of [
    "f=created_at:is:soon",
    "f=id:is:99999999999999999999",
    "f=email:is:a",
    "after=x",
    "sort=%00",
  ]) {
    expect.soft((await Ana.get(`/browse/marigold/public/customers?${wish}`)).status, wish).toBe(200);
  }
  await Ivy.get("/audit");
  await Ivy.get("/audit/export");
  await callAction(Ana, "requests#giveBack", grant.grantId);
  for (const { table, text } of await everythingStored(control))
    expect.soft(named(findCanaries(text, canaries)), table).toEqual([]);
});

/** What goes wrong in a source while people work with it, each with its repair; on a table that no other test needs. */
const harms = [
  {
    harm: "ALTER TABLE public.bank_accounts RENAME TO accounts_moved",
    mend: "ALTER TABLE public.accounts_moved RENAME TO bank_accounts",
  },
  {
    harm: "REVOKE SELECT ON public.bank_accounts FROM marigold_reader",
    mend: "GRANT SELECT ON public.bank_accounts TO marigold_reader",
  },
  {
    harm: "ALTER TABLE public.bank_accounts RENAME iban TO account",
    mend: "ALTER TABLE public.bank_accounts RENAME account TO iban",
  },
];

async function requestId(control: Sql, number: number): Promise<string> {
  const [row] = await control<{ id: string }[]>`SELECT id FROM requests WHERE number = ${number}`;
  return row!.id;
}

async function waitsForTheLock(source: Sql): Promise<boolean> {
  const rows = await source`
    SELECT FROM pg_locks WHERE NOT granted AND relation = 'public.customers'::regclass`;
  return rows.length > 0;
}
