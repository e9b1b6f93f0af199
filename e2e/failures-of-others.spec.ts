import { encodeHandle } from "@/lib/catalog/record-handle";
import { callAction, castOf, customerFields, draftOf, type Cast } from "./support/cast";
import type { Client } from "./support/client";
import { recordsIn } from "./support/crawl";
import { settled } from "./support/settled";
import { expect, test as base } from "./support/test";

// How others were seen through, each tried here over HTTP. Every answer and every line of the server's log is looked
// through for raw values besides what is said below: a test fails when one crosses.
const test = base.extend<{ cast: Cast; inSource: (name: string, statement: string) => Promise<void> }>({
  cast: async ({ watch, control }, use) => {
    await control`DELETE FROM tries`;
    await use(await castOf(watch));
  },
  /** Makes a view in the source and lets the catalogue see it, for as long as the test lasts. */
  inSource: async ({ source, deeds }, use) => {
    const made: string[] = [];
    await use(async (name, statement) => {
      await source.unsafe(
        `CREATE VIEW public.${name} AS ${statement}; GRANT SELECT ON public.${name} TO marigold_reader`,
      );
      made.push(name);
      await deeds.rescan("marigold");
    });
    for (const name of made) await source.unsafe(`DROP VIEW public.${name}`);
    await deeds.rescan("marigold");
  },
});

type Row = Record<string, string | null>;

const tableAt = (name: string) => `/browse/marigold/${name.replace(".", "/")}`;
const exported = (client: Client, table: string, query: string) =>
  client.get(`${tableAt(table)}/export?${query}`);

async function rowsOf(client: Client, table: string, query: string): Promise<Row[]> {
  const { status, text } = await exported(client, table, `format=ndjson&${query}`);
  expect(status, `${table}?${query}: ${text.slice(0, 200)}`).toBe(200);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

/** The records that the page of a table links to, in its order. */
async function recordsOn(client: Client, table: string, query: string): Promise<string[]> {
  const { status, text } = await client.get(`${tableAt(table)}?${query}`);
  expect(status, query).toBe(200);
  return recordsIn(text, tableAt(table));
}

test("predicate on a masked column", async ({ cast: { Ana } }) => {
  const without = await recordsOn(Ana, "public.customers", "f=id:lte:9");
  expect(without).toHaveLength(9);
  for (const predicate of [
    "f=email:starts:a",
    "f=email:contains:@",
    "f=phone:null",
    "f=birth_date:lt:1980-01-01",
    "column=national_id&op=is&value=1",
    "sort=email",
    "sort=-birth_date",
  ]) {
    const asked = `f=id:lte:9&${predicate}`;
    const { text } = await Ana.get(`${tableAt("public.customers")}?${asked}`);
    expect(text, predicate).toContain("is masked, so nothing can be");
    expect(recordsIn(text, tableAt("public.customers")), predicate).toEqual(without);
    expect((await exported(Ana, "public.customers", `format=csv&${asked}`)).status, predicate).toBe(400);
  }
});

test("raw value in a cast error", async ({ cast: { Ana }, source, inSource }) => {
  await inSource("cast_trap", "SELECT id FROM public.customers WHERE email::text::integer > 0 ORDER BY id");
  const page = await Ana.get(tableAt("public.cast_trap"));
  expect(page.text).toContain("The source cannot compare with one of the values");
  const file = await exported(Ana, "public.cast_trap", "format=csv");
  expect(file.status).toBe(503);
  const rows = await source<
    { email: string }[]
  >`SELECT email FROM customers WHERE email IS NOT NULL LIMIT 50`;
  for (const { text } of [page, file]) {
    expect(text).not.toContain("invalid input");
    expect(rows.filter(({ email }) => text.includes(email))).toEqual([]);
  }
  for (const wish of [
    "f=id:is:email",
    "f=birth_date:is:(email)",
    `after=${Buffer.from('["key",null,"email"]').toString("base64url")}`,
  ])
    expect((await Ana.get(`${tableAt("public.customers")}?${wish}`)).text, wish).not.toContain(
      "invalid input",
    );
});

test("mask shifted by one column when a column is selected twice", async ({ cast: { Ana } }) => {
  const once = await rowsOf(Ana, "public.customers", "f=id:lte:5&cols=id,email,phone,country,national_id");
  expect(once).toHaveLength(5);
  for (const cols of [
    "id,email,email,phone,country,national_id",
    "email,id,email,phone,country,phone,national_id,id",
    "id,id,email,phone,phone,country,national_id,national_id",
  ]) {
    const rows = await rowsOf(Ana, "public.customers", `f=id:lte:5&cols=${cols}`);
    expect(rows, cols).toEqual(once);
    const csv = await exported(Ana, "public.customers", `format=csv&f=id:lte:1&cols=${cols}`);
    const [head = "", ...cells] = csv.text
      .trim()
      .split("\n")
      .map((line) => line.split(",").length);
    expect(cells).toEqual([head]);
  }
});

test("alias", async ({ cast: { Ana }, inSource }) => {
  await inSource(
    "renamed",
    "SELECT id AS number, email AS city, phone AS status FROM public.customers WHERE id <= 5",
  );
  for (const row of await rowsOf(Ana, "public.renamed", ""))
    expect(Object.values(row)).toEqual([null, null, null]);
  expect((await Ana.get(`${tableAt("public.renamed")}?sort=city`)).text).toContain("is masked");
  // The names that outputs have inside of a statement, and those that SQL would give them.
  for (const name of ["glimpse 1", "glimpse sort", "2", "email AS id", "c.email", 'id" , email AS "x']) {
    const encoded = encodeURIComponent(name);
    for (const wish of [`sort=${encoded}`, `f=${encoded}:is:a`, `cols=id,${encoded}`])
      expect((await exported(Ana, "public.customers", `format=csv&${wish}`)).status, wish).toBe(400);
  }
});

test("nested query", async ({ cast: { Ana }, inSource }) => {
  await inSource(
    "nested",
    `SELECT a.id, (SELECT c.email FROM public.customers c WHERE c.id = a.customer_id) AS contact,
      (SELECT array_agg(c.phone) FROM public.customers c WHERE c.id = a.customer_id) AS reach
     FROM public.addresses a WHERE a.customer_id <= 5`,
  );
  for (const row of await rowsOf(Ana, "public.nested", ""))
    expect(Object.values(row)).toEqual([null, null, null]);
  // A view that a steward has confirmed masks what its query fetches.
  for (const { email, phone } of await rowsOf(
    Ana,
    "public.customer_overview",
    "f=id:lte:5&cols=id,email,phone",
  ))
    for (const shown of [email, phone]) expect(shown ?? "•").toContain("•");
  for (const value of ["(SELECT 1)", "1) OR (SELECT true", "1; SELECT email FROM customers"])
    expect(
      (await exported(Ana, "public.customers", `format=csv&f=id:is:${encodeURIComponent(value)}`)).status,
    ).toBe(400);
});

test("JSON element", async ({ cast: { Ana } }) => {
  const rows = await rowsOf(Ana, "public.preferences", "f=customer_id:lte:9&cols=customer_id,settings");
  expect(rows.length).toBeGreaterThan(0);
  for (const { settings } of rows) expect(settings ?? "•").toMatch(/•|^$/);
  for (const name of [
    "settings->>'email'",
    "settings.email",
    "settings['email']",
    "(settings).email",
    "handles->0",
  ]) {
    const encoded = encodeURIComponent(name);
    for (const wish of [`sort=${encoded}`, `f=${encoded}:is:a`, `cols=customer_id,${encoded}`])
      for (const table of ["public.preferences", "public.contact_lists"])
        expect((await exported(Ana, table, `format=ndjson&${wish}`)).status, wish).toBe(400);
  }
});

test("key used as slug", async ({ cast: { Ana }, source, expectReveal }) => {
  const path = tableAt("public.newsletter_subscribers");
  const records = await recordsOn(Ana, "public.newsletter_subscribers", "size=25");
  expect(records).toHaveLength(25);
  for (const href of records) expect(href).toMatch(/\/t_[0-9a-f]{32}$/);
  expect((await Ana.get(records[0] ?? "")).text).toContain("•");
  const [real] = await source<
    { email: string }[]
  >`SELECT email FROM newsletter_subscribers ORDER BY email LIMIT 1`;
  const ask = async (email: string) => {
    const slug = encodeHandle({ kind: "values", values: [email] });
    const text = settled(await Ana.get(`${path}/${slug}`));
    return text.replaceAll(slug, "");
  };
  // The test itself writes the address into the URL, and the page says where it is.
  expectReveal(real!.email);
  expectReveal(encodeHandle({ kind: "values", values: [real!.email] }));
  expect(await ask(real!.email)).toBe(await ask(`${"x".repeat(real!.email.length - 5)}@b.cd`));
});

test("approver's payload", async ({ cast: { Ana, Max }, control }) => {
  const asked = await customerFields(control, ["1", "2"], ["email", "phone", "national_id"]);
  const sent = await callAction(Ana, "requests#submit", draftOf(asked));
  const { number } = (sent as { output: { number: number } }).output;
  for (const path of [`/inbox?request=${number}`, `/requests/${number}`, "/inbox"]) {
    const page = await Max.get(path);
    const payload = await Max.getPayload(path, { RSC: "1" });
    for (const { status, text } of [page, payload]) {
      expect(status, path).toBe(200);
      expect(text, path).not.toMatch(/\braw\b|"value":"[^"•]*@/);
    }
    if (path.startsWith("/inbox?")) expect(payload.text, path).toContain("•");
  }
});

test("export by another path", async ({ cast: { Ana, Max, Ivy } }) => {
  for (const [table, query, column] of [
    ["public.customers", "f=id:lte:5&cols=id,email", "email"],
    ["public.customer_overview", "f=id:lte:5&cols=id,email", "email"],
    ["care.chronic_patients", "cols=patient_id,email", "email"],
    ["public.messages", "cols=sender", "sender"],
    ["public.messages_2023", "cols=sender", "sender"],
  ] as const) {
    const rows = await rowsOf(Ana, table, query);
    expect(rows.length, table).toBeGreaterThan(0);
    expect(rows.filter((row) => !(row[column] ?? "•").includes("•")).length, table).toBe(0);
    expect((await exported(Ana, table, `format=csv&${query}`)).text.includes("•"), table).toBe(true);
  }
  expect((await exported(Ana, "public.customers", "format=xlsx")).status).toBe(400);
  expect((await exported(Max, "public.legacy_import", "format=csv")).text).not.toMatch(/[^,\s]@/);
  expect((await Ivy.get("/audit/export")).status).toBe(200);
  expect((await exported(Ivy, "public.customers", "format=csv")).status).toBe(403);
});
