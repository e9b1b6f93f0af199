import postgres from "postgres";
import { entryParts } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import { testDatabase } from "@/lib/testing/database";
import { Instance } from "./support/instance";
import { accountOf } from "./support/stack";
import { expect, signIn, test } from "./support/test";

const refusals = 10_050;

/** Writes an event so many times over, as the application does. */
async function append(
  owner: postgres.Sql,
  personId: string,
  event: AuditEvent,
  times: number,
): Promise<void> {
  const actor = { kind: "person", id: personId, name: "Ana", roles: ["agent"] };
  const [beforeTime, beforeSeq, afterSeq] = entryParts(
    { actor, session: null, channel: "console", ip: null },
    event,
  );
  await owner`SELECT append_audit_events(array_fill(${beforeTime}::text, ARRAY[${times}::int]),
    array_fill(${beforeSeq}::text, ARRAY[${times}::int]), array_fill(${afterSeq}::text, ARRAY[${times}::int]))`;
}

test("of two filters that many events half meet, a page says how far it has looked, and Ivy goes on and back by keyboard, without JavaScript", async ({
  browser,
  control,
  watch,
}, info) => {
  test.setTimeout(120_000);
  const database = await testDatabase();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  const instance = await Instance.prepare(info.outputPath("audit.log"), database.url);
  try {
    const [account] = await control`SELECT password_hash FROM people WHERE email = ${accountOf("Ivy").email}`;
    await owner`INSERT INTO people (email, name, state, password_hash)
      VALUES (${accountOf("Ivy").email}, 'Ivy', 'active', ${account!["password_hash"] as string})`;
    await owner`INSERT INTO person_roles SELECT id, 'auditor' FROM people`;
    const [ana] = await owner<{ id: string }[]>`
      INSERT INTO people (email, name, state) VALUES ('ana@example.test', 'Ana', 'active') RETURNING id`;
    await append(owner, ana!.id, { code: "auth.signed_out" }, 1);
    await append(owner, ana!.id, { code: "access.refused", details: { refusal: "not-permitted" } }, refusals);
    await instance.start();
    const entrance = await browser.newContext({ baseURL: instance.baseUrl });
    watch.follow(entrance);
    await signIn(await entrance.newPage(), "Ivy");
    const context = await browser.newContext({ baseURL: instance.baseUrl, javaScriptEnabled: false });
    watch.follow(context);
    await context.addCookies(await entrance.cookies());
    const ivy = await context.newPage();
    await ivy.goto("/audit");
    await ivy.getByLabel("Person").selectOption("Ana");
    await ivy.getByLabel("Outcome").selectOption("Done");
    await ivy.getByRole("button", { name: "Filter" }).click();

    await test.step("nothing was found so far, and the page does not say that there is nothing", async () => {
      await expect(ivy.getByText("No event matches")).toHaveCount(0);
      const said = /Looked through events 51 to 10,\d{3} \(.+ UTC\): none matches\. 51 older ones are left/;
      await expect(ivy.getByText(said)).toBeVisible();
    });
    await test.step("further back is what was looked for, and there it ends", async () => {
      await ivy.getByRole("link", { name: "Look further back" }).press("Enter");
      await expect(ivy.getByRole("region", { name: "Events" }).getByRole("row")).toHaveCount(2);
      await expect(ivy.getByText("Looked through")).toHaveCount(0);
      await expect(ivy.getByRole("button", { name: "Next" })).toHaveAttribute("aria-disabled", "true");
    });
    await test.step("and back", async () => {
      await ivy.getByRole("link", { name: "Previous" }).press("Enter");
      await expect(
        ivy.getByText(/Looked through events 51 to|No further event matches the filter/),
      ).toBeVisible();
      await expect(ivy.getByText("No event matches the filter")).toHaveCount(0);
    });
    for (const one of [entrance, context]) await one.close();
  } finally {
    await instance.kill();
    await owner.end();
    await database.drop();
  }
});

test("days of long ago and two filters at once are answered, and an empty answer says what to do", async ({
  as,
}) => {
  const ivy = await as("Ivy");
  await ivy.goto("/audit?from=2019-01-01&to=2019-12-31&group=reveals");
  await expect(ivy.getByRole("heading", { name: "No event matches the filter" })).toBeVisible();
  await ivy.goto("/audit?to=9999-12-31&outcome=success&group=log");
  await expect(ivy.getByRole("region", { name: "Events" })).toContainText("audit log");
  await ivy.goto("/audit?from=0000-01-01");
  await expect(ivy.getByText("A part of the filter could not be read and was left out.")).toBeVisible();
});
