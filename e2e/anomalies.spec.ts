import type { Sql } from "postgres";
import { systemContext } from "@/lib/auth/system-context";
import { lookForAnomalies } from "@/lib/anomalies/tend-anomalies";
import type { Deeds } from "./support/deeds";
import { expect, test } from "./support/test";

test("Ben tries addresses out: Ivy finds a case that says so, and closes it with words; Ben comes to none of it", async ({
  as,
  deeds,
  control,
}) => {
  const ben = await as("Ben");
  await test.step("nine addresses, none of a customer", async () => {
    await ben.goto("/browse/marigold/public/customers/find");
    const form = ben.getByRole("form", { name: "Find a record" });
    await form.getByLabel("What you know").selectOption({ label: "email (e-mail address)" });
    for (let at = 1; at <= 9; at++) {
      await form.getByLabel("Value").fill(`somebody.${at}@nowhere.example`);
      await form.getByRole("button", { name: "Find" }).click();
      await expect.poll(() => misses(control, "ben@marigold.example"), { message: `lookup ${at}` }).toBe(at);
      await expect(form.getByRole("status")).toContainText("No record has this value");
    }
    await look(deeds);
  });

  const ivy = await as("Ivy");
  await test.step("Ivy is told at home, sees why, and where the log has it", async () => {
    await ivy.goto("/");
    const card = ivy.getByRole("region", { name: "Anomalies" });
    await expect(card).toContainText(/cases? waits? for a judgement/);
    await card.getByRole("link", { name: "Cases" }).click();
    await ivy.getByLabel("Person").selectOption("Ben Okafor");
    await ivy.getByRole("button", { name: "Filter" }).click();
    const found = ivy
      .getByRole("list", { name: "Cases" })
      .getByRole("listitem")
      .filter({ hasText: "9 of 9 lookups and checks" });
    await found.getByRole("link", { name: /^Case \d+$/ }).click();
    await expect(ivy.getByRole("heading", { level: 1 })).toContainText("of Ben Okafor");
    await expect(
      ivy.getByRole("img", { name: /that found nothing: 9 on the day, usually none/ }),
    ).toBeVisible();
    await ivy.getByRole("link", { name: "All of the day" }).click();
    await expect(ivy.getByText(/Ben Okafor was told of the lookup by email: none/).first()).toBeVisible();
    await ivy.goBack();
  });
  const address = new URL(ivy.url()).pathname;

  await test.step("the judgement needs words, and is final", async () => {
    const form = ivy.getByRole("form", { name: "Judge the case" });
    await form.getByRole("radio", { name: "It has an explanation" }).check();
    await form.getByLabel("In your words").fill("All fine.");
    await form.getByRole("button", { name: "Close the case" }).click();
    await expect(form.getByText("Say in at least 10 characters what you found.")).toBeVisible();
    await form.getByLabel("In your words").fill("A customer could not remember which address it was.");
    await form.getByRole("radio", { name: "It has an explanation" }).check();
    await form.getByRole("button", { name: "Close the case" }).click();
    await expect(ivy.getByText("Explained", { exact: true })).toBeVisible();
    await expect(form).toHaveCount(0);
    await look(deeds);
    await ivy.goto("/reports/anomalies?state=closed");
    await expect(ivy.getByRole("list", { name: "Cases" })).toContainText("A customer could not remember");
  });

  await test.step("Ben comes neither to the list nor to the case", async () => {
    for (const place of ["/reports/anomalies", address]) {
      await ben.goto(place);
      await expect(ben.getByRole("heading", { name: "Your roles do not open this page" })).toBeVisible();
      await expect(ben.getByText("What was found")).toHaveCount(0);
    }
  });
});

/** What the job does once an hour, now. */
async function look(deeds: Deeds): Promise<void> {
  await deeds.contextOf("Ivy");
  while ((await lookForAnomalies(systemContext())) === "again");
}

async function misses(control: Sql, email: string): Promise<number> {
  const [row] = await control<{ count: number }[]>`
    SELECT count(*)::int FROM audit_events WHERE code = 'lookup.answered'
      AND actor_id = (SELECT id FROM people WHERE email = ${email})`;
  return row!.count;
}
