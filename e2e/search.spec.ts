import { answerOf, castOf } from "./support/cast";
import { form } from "./support/client";
import { expect, test } from "./support/test";

test("Ana finds a record of any table by a clear value, by keyboard alone, and what she typed is in no address", async ({
  as,
  control,
}) => {
  const ana = await as("Ana");
  const asked: string[] = [];
  ana.on("request", (request) => asked.push(request.url()));
  await ana.goto("/browse");
  await ana.keyboard.press("/");
  await expect(ana).toHaveURL("/search");
  await expect(ana.getByLabel("Value")).toBeFocused();
  await ana.keyboard.type("4711");
  await ana.keyboard.press("Enter");
  const found = ana.getByRole("region", { name: "Records of customers of Marigold" });
  await expect(found.getByRole("link", { name: "4711" })).toBeVisible();
  await expect(found.locator("td[data-veil]").first()).toBeVisible();
  await expect(ana.getByText(/tables were not searched/)).toBeVisible();
  await ana.getByText(/tables were not searched/).click();
  await expect(ana.getByText("No index over a clear column can find such a value.")).toBeVisible();
  await found.getByRole("link", { name: "4711" }).click();
  await expect(ana.getByRole("heading", { level: 1 })).toContainText("customers 4711");
  expect(asked.filter((url) => /[?&=](.*)4711/.test(url))).toEqual([]);
  const [event] = await control<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE entry LIKE '%browse.searched%' ORDER BY seq DESC LIMIT 1`;
  expect(event!.entry).not.toContain("4711");
});

test("a search does not find what is masked, and says where to ask instead", async ({
  as,
  source,
  watch,
}) => {
  const [row] = await source<{ email: string }[]>`
    SELECT email FROM customers WHERE email IS NOT NULL AND id = 12`;
  const ana = await as("Ana");
  await ana.goto("/search");
  await ana.getByLabel("Value").fill("no-such-value@example.test");
  await ana.getByRole("button", { name: "Search" }).click();
  await expect(ana.getByText("No record has this value")).toBeVisible();
  await expect(ana.getByText(/Masked columns are never searched: find a record/)).toBeVisible();
  const { Ana } = await castOf(watch);
  const { text } = await answerOf(Ana, "search#search", null, form(["term", row!.email]));
  expect(text).toContain('"hits":[]');
  expect(text).not.toContain(row!.email);
});
