import { sendRequest, turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const customers = "/browse/marigold/public/customers";

test("Ana asks for all customers that match, Max sees by what and how many, and she opens them page by page", async ({
  as,
  source,
  expectReveal,
}) => {
  const emails = await source<{ email: string }[]>`
    SELECT email FROM customers WHERE id BETWEEN 201 AND 330 AND email IS NOT NULL`;
  const [{ count } = { count: 0 }] = await source<{ count: number }[]>`
    SELECT count(*)::int AS count FROM customers WHERE id BETWEEN 201 AND 330`;
  expect(count).toBeGreaterThan(100);
  const ana = await as("Ana");
  let number = 0;

  await test.step("a filter that leaves too many is refused in words", async () => {
    await ana.goto(`${customers}/request?f=country:is:DE`);
    await expect(ana.getByText("More than 500 records match.")).toBeVisible();
  });

  await test.step("she asks from the table that she has filtered", async () => {
    await ana.goto(customers);
    await expect(ana.getByRole("link", { name: "Request for all that match" })).toHaveCount(0);
    await ana.goto(`${customers}?f=id:between:201..330`);
    await ana.getByRole("link", { name: "Request for all that match" }).click();
    const sheet = ana.getByRole("dialog", { name: "Request to see values" });
    await expect(sheet).toContainText(`${count} records of customers where id is between 201 and 330`);
    await sheet.getByRole("checkbox", { name: /\bemail\b/ }).check();
    await expect(sheet).toContainText(`and ${count - 5} more records`);
    number = await sendRequest(ana, {
      reason: "Their parcels of last week came back and they have to be told.",
      approver: "Max Hoffmann",
    });
    await expect(ana).toHaveURL(`${customers}?f=id:between:201..330`);
  });

  await test.step("Max reads what they have in common, and approves", async () => {
    const max = await as("Max");
    await turnTo(max, number);
    const article = max.getByRole("article", { name: `Request ${number}` });
    await expect(article).toContainText("All that matched when it was sent: id is between 201 and 330");
    await expect(article).toContainText(`${count} records`);
    const decision = max.getByRole("region", { name: "Decision" });
    await decision.getByRole("button", { name: "Narrow" }).click();
    const records = decision.getByRole("group", { name: "Records" });
    await records.getByLabel("The first").fill("100");
    await expect(records).toContainText(`100 of ${count}`);
    await records.getByRole("checkbox").nth(1).click();
    await records
      .getByRole("checkbox")
      .nth(5)
      .click({ modifiers: ["Shift"] });
    await expect(records).toContainText(`95 of ${count}`);
    await max.keyboard.press("ArrowUp");
    await expect(records.getByRole("checkbox").nth(4)).toBeFocused();
    await records.getByLabel("Search the records").fill("201");
    await records.getByRole("button", { name: "Leave 1 found out" }).click();
    await expect(records).toContainText(`94 of ${count}`);
    await decision.getByRole("button", { name: "Back" }).click();
    await decision.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText(`Request ${number} of Ana Souza is approved.`).first()).toBeVisible();
  });

  await test.step("the first hundred open, then the others", async () => {
    for (const { email } of emails) expectReveal(email);
    await ana.goto(`/requests/${number}`);
    await expect(ana.getByRole("navigation", { name: "Pages of the records" })).toContainText(
      `Records 1–100 of ${count}`,
    );
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText("100 values are shown.")).toBeVisible();
    await ana.getByRole("link", { name: "Next" }).click();
    await expect(ana.getByText(`Records 101–${count} of ${count}`)).toBeVisible();
    await ana
      .getByRole("button", { name: /Reveal/ })
      .first()
      .click();
    await expect(ana.getByText(`${count - 100} values are shown.`)).toBeVisible();
  });
});
