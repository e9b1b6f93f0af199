import { expect, test } from "./support/test";

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

  await test.step("a decision that is wanted cannot be never, and an emergency is always at once", async () => {
    await expect(group("A decision is wanted from me").getByRole("radio")).toHaveCount(2);
    await expect(max.getByText("Not never: somebody waits, and maybe for you alone.")).toBeVisible();
    await expect(max.getByText("At once, always")).toBeVisible();
    await expect(max.getByText("Passes through quiet hours.")).toHaveCount(2);
  });

  await test.step("half of the quiet hours is refused and says why; nothing that was chosen is lost", async () => {
    await group("A decision is wanted from me").getByText("In the digest").click();
    await max.getByLabel("The digest comes at").selectOption("17:00");
    await max.getByLabel("Quiet from").selectOption("20:00");
    await max.getByRole("button", { name: "Save" }).click();
    await expect(max.getByText("Choose both hours, or none of them.")).toBeVisible();
    await expect(group("A decision is wanted from me").getByLabel("In the digest")).toBeChecked();
  });

  await test.step("the rest by keyboard, and it is kept", async () => {
    await max.getByLabel("Quiet until").selectOption("07:00");
    await max.getByRole("button", { name: "Save" }).press("Enter");
    await expect(max.getByText("Saved")).toBeVisible();
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
