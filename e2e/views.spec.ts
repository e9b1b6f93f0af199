import { expect, test } from "./support/test";

const customers = "/browse/marigold/public/customers";

test.afterEach(async ({ control }) => {
  await control`DELETE FROM saved_views`;
});

test("Ana saves what she filters under a name and shares it, Ben opens it, and only Ana can take it away", async ({
  as,
}) => {
  const ana = await as("Ana");

  await test.step("she saves the view that she has made", async () => {
    await ana.goto(customers);
    await ana.getByRole("button", { name: "Views" }).click();
    await expect(ana.getByRole("dialog", { name: "Views" })).toContainText("Filter, sort or choose columns");
    await ana.goto(`${customers}?f=country:is:DE&sort=-id&size=25`);
    await ana.getByRole("button", { name: "Views" }).click();
    await ana.getByRole("link", { name: "Save this view" }).click();
    const form = ana.getByRole("form", { name: "Save this view" });
    await expect(form).toContainText("country is DE · by id, last first");
    await form.getByLabel("Name").fill("Germany, newest");
    await form.getByRole("checkbox", { name: /Share it/ }).check();
    await form.getByRole("button", { name: "Save the view" }).click();
    await expect(ana).toHaveURL(`${customers}?sort=-id&f=country:is:DE`);
    await expect(ana.getByRole("button", { name: "View: Germany, newest" })).toBeVisible();
  });

  const ben = await as("Ben");
  await test.step("Ben finds it in the menu, by the keyboard alone", async () => {
    await ben.goto(customers);
    await ben.getByRole("button", { name: "Views" }).focus();
    await ben.keyboard.press("Enter");
    await expect(ben.getByRole("link", { name: "Germany, newest" })).toBeFocused();
    await ben.keyboard.press("Enter");
    await expect(ben).toHaveURL(`${customers}?sort=-id&f=country:is:DE`);
    await ben.goto(`${customers}/views`);
    await expect(ben.getByText("Shared by Ana Souza")).toBeVisible();
    await expect(ben.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
  });

  await test.step("a name that she has used is refused, and what she wrote stays", async () => {
    await ana.goto(`${customers}/views?f=country:is:FR`);
    await ana.getByLabel("Name").fill("germany, NEWEST");
    await ana.getByRole("button", { name: "Save the view" }).click();
    await expect(ana.getByText("You have a view of this name here.")).toBeVisible();
    await expect(ana.getByLabel("Name")).toHaveValue("germany, NEWEST");
  });

  await test.step("she renames it and keeps it to herself", async () => {
    await ana.goto(`${customers}/views`);
    await ana.getByRole("link", { name: "Change Germany, newest" }).click();
    await ana.getByLabel("Name").fill("My Germany");
    await ana.getByRole("checkbox", { name: /Share it/ }).uncheck();
    await ana.getByRole("button", { name: "Save the change" }).click();
    await expect(ana.getByRole("link", { name: "My Germany", exact: true })).toBeVisible();
    await expect(ana.getByText("Only you")).toBeVisible();
    await ben.goto(`${customers}/views`);
    await expect(ben.getByText("No view is saved yet")).toBeVisible();
  });

  await test.step("she removes it, and all of it is on record", async () => {
    await ana.getByRole("button", { name: "Remove My Germany" }).click();
    await expect(ana.getByRole("region", { name: "Messages" })).toContainText(
      "The view “My Germany” is removed",
    );
    await expect(ana.getByText("No view is saved yet")).toBeVisible();
    const ivy = await as("Ivy");
    await ivy.goto("/audit");
    await expect(
      ivy.getByText("Ana Souza saved the view “Germany, newest” of public.customers, shared").first(),
    ).toBeVisible();
    await expect(
      ivy.getByText("Ana Souza removed the view “My Germany” of public.customers").first(),
    ).toBeVisible();
  });
});

test("what a steward masks after a view was saved is left out of it, and the page says so without its value", async ({
  as,
  control,
}) => {
  await control`
    INSERT INTO saved_views (table_id, owner_id, name, query, shared)
    SELECT t.id, p.id, 'By mail', '?f=country:is:DE&f=email:is:once.clear%40example.test', false
    FROM catalog_tables t, people p
    WHERE t.schema = 'public' AND t.name = 'customers' AND p.email LIKE 'ana@%'`;
  const ana = await as("Ana");
  await ana.goto(customers);
  expect(await ana.content()).not.toContain("once.clear");
  await ana.getByRole("button", { name: "Views" }).click();
  await ana.getByRole("link", { name: "By mail" }).click();
  await expect(ana.getByText("Part of this address was left out")).toBeVisible();
  await expect(ana.getByText("“email” is masked, so nothing can be filtered by it.")).toBeVisible();
  await expect(ana.getByRole("group", { name: "Filters" })).toContainText("country is DE");
  expect(ana.url()).not.toContain("once.clear");
});
