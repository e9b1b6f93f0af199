import { expect, test } from "./support/test";

const why = "The contract with the hospital asks for it";

test("Ada sets how long the log is kept, Ivy confirms it and holds a part, and only Ada can lift what Ivy asks to lift", async ({
  as,
}) => {
  const ada = await as("Ada");
  await test.step("Ada sets a period, and cannot confirm her own", async () => {
    await ada.goto("/settings");
    await ada.getByRole("link", { name: "Retention" }).click();
    const form = ada.getByRole("form", { name: "Set another period" });
    await form.getByLabel("Keep entries for").fill("30");
    await form.getByLabel("Why").fill(why);
    await form.getByRole("button", { name: "Set, to be confirmed" }).click();
    await expect(form.getByText("Whole days from 90")).toBeVisible();
    await form.getByLabel("Keep entries for").fill("2200");
    await form.getByRole("button", { name: "Set, to be confirmed" }).click();
    await expect(ada.getByText("It would prune nothing now")).toBeVisible();
    await expect(ada.getByRole("button", { name: "Confirm, so that it counts" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  const ivy = await as("Ivy");
  const name = `Matter ${Date.now().toString(36)}`;
  await test.step("Ivy confirms it, places a hold and asks to lift it", async () => {
    await ivy.goto("/settings/retention");
    await ivy.getByRole("button", { name: "Confirm, so that it counts" }).click();
    await expect(ivy.getByText("Confirmed by Ivy")).toBeVisible();
    const form = ivy.getByRole("form", { name: "Place a hold" });
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("From day (UTC)").fill("2026-01-01");
    await form.getByLabel("Why").fill(why);
    await form.getByRole("button", { name: "Place the hold" }).click();
    await ivy.getByRole("button", { name: `Ask to lift the hold ${name}` }).click();
    const dialog = ivy.getByRole("dialog", { name: `Ask to lift ${name}?` });
    await dialog.getByLabel("What has changed").fill("The matter was settled out of court");
    await dialog.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(ivy.getByRole("button", { name: `Lift the hold ${name}` })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  await test.step("Ada lifts it, and all of it is on record", async () => {
    await ada.reload();
    await ada.getByRole("button", { name: `Lift the hold ${name}` }).click();
    await expect(ada.getByText("Lifted by Ada")).toBeVisible();
    await ivy.goto("/audit?group=log");
    for (const words of ["A legal hold was lifted", "was put under a legal hold", "was confirmed and counts"])
      await expect(ivy.getByText(new RegExp(words, "i")).first()).toBeVisible();
  });
});
