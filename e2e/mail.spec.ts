import postgres from "postgres";
import { testDatabase } from "@/lib/testing/database";
import { mailServer } from "@/lib/testing/mail-server";
import { Instance } from "./support/instance";
import { accountOf } from "./support/stack";
import { expect, signIn, test } from "./support/test";

test("Max says what he is told by e-mail and when; what others wait for he cannot refuse; it is kept, his alone, and on record", async ({
  as,
  control,
}) => {
  await control`DELETE FROM mail_wishes`;
  const max = await as("Max");
  const group = (name: string) => max.getByRole("group", { name });

  await test.step("the page is found from the settings, and says that no mail is sent here", async () => {
    await max.goto("/settings");
    await max.getByRole("link", { name: "What you are told, and when" }).click();
    await expect(max.getByRole("heading", { level: 1, name: "E-mail" })).toBeVisible();
    await expect(max.getByText("No mail server is configured, so nothing is sent.")).toBeVisible();
  });

  await test.step("a decision that is wanted cannot be never, and an emergency or a changed passkey is always at once", async () => {
    await expect(group("A decision is wanted from me").getByRole("radio")).toHaveCount(2);
    await expect(max.getByText("Not never: somebody waits, and maybe for you alone.")).toBeVisible();
    const always = [
      "An emergency has skipped me",
      "A passkey was registered for me",
      "A passkey of mine was removed",
    ];
    for (const kind of always) {
      await expect(group(kind)).toContainText("At once, always");
    }
    await expect(max.getByText("Passes through quiet hours.")).toHaveCount(always.length + 1);
  });

  await test.step("half of the quiet hours is refused and says why; nothing that was chosen is lost", async () => {
    await group("A decision is wanted from me").getByLabel("In the digest").check();
    await max.getByLabel("The digest comes at").selectOption("17:00");
    await max.getByLabel("Quiet from").selectOption("20:00");
    await max.getByRole("button", { name: "Save" }).click();
    await expect(max.getByText("Choose both hours, or none of them.")).toBeVisible();
    await expect(group("A decision is wanted from me").getByLabel("In the digest")).toBeChecked();
  });

  await test.step("the rest by keyboard, and it is kept", async () => {
    await max.getByLabel("Quiet until").selectOption("07:00");
    await max.getByRole("button", { name: "Save" }).press("Enter");
    await expect(max.getByRole("region", { name: "Messages" })).toContainText("Saved");
    await max.reload();
    await expect(group("A decision is wanted from me").getByLabel("In the digest")).toBeChecked();
    await expect(max.getByLabel("The digest comes at")).toHaveValue("17");
    await expect(max.getByLabel("Quiet from")).toHaveValue("20");
    await expect(max.getByLabel("Quiet until")).toHaveValue("7");
  });

  await test.step("Ana has wishes of her own, for what her role brings", async () => {
    const ana = await as("Ana");
    await ana.goto("/settings/mail");
    await expect(ana.getByRole("group", { name: "My request is decided" })).toBeVisible();
    await expect(ana.getByRole("group", { name: "A decision is wanted from me" })).toHaveCount(0);
    await expect(ana.getByLabel("Quiet from")).toHaveValue("");
    await expect(ana.getByRole("region", { name: "Mail server" })).toHaveCount(0);
  });

  await test.step("Ada reads how mail gets along, Ivy what was changed", async () => {
    const ada = await as("Ada");
    await ada.goto("/settings/mail");
    await expect(ada.getByRole("region", { name: "Mail server" })).toContainText("GLIMPSE_SMTP_URL");
    const ivy = await as("Ivy");
    await ivy.goto("/audit");
    await expect(ivy.getByRole("region", { name: "Events" })).toContainText(
      "changed what they are told by e-mail",
    );
  });
  await control`DELETE FROM mail_wishes`;
});

test("Ada sends herself a message: while the mail server hangs the page says so and all else works, and then it comes", async ({
  browser,
  control,
  watch,
}, info) => {
  test.setTimeout(120_000);
  const [database, server] = [await testDatabase(), mailServer()];
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  const settings = { GLIMPSE_SMTP_URL: await server.open(), GLIMPSE_MAIL_FROM: "glimpse@marigold.example" };
  const instance = await Instance.prepare(info.outputPath("mail.log"), database.url, settings);
  try {
    const { email } = accountOf("Ada");
    const [account] = await control`SELECT password_hash FROM people WHERE email = ${email}`;
    await owner`INSERT INTO people (email, name, state, password_hash)
      VALUES (${email}, 'Ada', 'active', ${account!["password_hash"] as string})`;
    await owner`INSERT INTO person_roles SELECT id, 'admin' FROM people`;
    await instance.start();
    const context = await browser.newContext({ baseURL: instance.baseUrl });
    watch.follow(context);
    const ada = await context.newPage();
    await signIn(ada, "Ada");
    server.manner = "silent";
    await ada.goto("/settings/mail");
    const card = ada.getByRole("region", { name: "Mail server" });
    await expect(card).toContainText("None in 24 hours");
    await card.getByRole("button", { name: "Send me a message" }).click();
    await expect(ada.getByRole("region", { name: "Messages" })).toContainText("The message is on its way.");
    await expect.poll(() => server.connections, { timeout: 30_000 }).toBeGreaterThan(0);
    await ada.goto("/people");
    await expect(ada.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
    await expect(async () => {
      await ada.goto("/settings/mail");
      await expect(card).toContainText("The mail server does not answer in time", { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
    await expect(card).toContainText(/Due and not sent\s*1, the oldest from/);

    server.manner = "takes";
    // It would be tried again after a minute.
    await owner`UPDATE glimpse_jobs.mail SET due_at = clock_timestamp()`;
    await expect.poll(() => server.received.length, { timeout: 30_000 }).toBe(1);
    const [message] = server.received;
    expect(message?.to).toEqual([email]);
    expect(message?.headers.get("subject")).toBe("Glimpse: A message to try");
    expect(message?.text).toContain(`${instance.baseUrl}/settings/mail`);
    expect(instance.log).not.toContain(settings.GLIMPSE_SMTP_URL);
    await context.close();
  } finally {
    await instance.kill();
    await server.close();
    await owner.end();
    await database.drop();
  }
});
