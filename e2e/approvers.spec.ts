import { expect, test } from "./support/test";

test("Max reads how he has decided and of nobody else; Ivy reads it of everybody, from the page of the log", async ({
  as,
  deeds,
}) => {
  await deeds.grant("Ana", { keys: [38], fields: ["email"] });
  const paid = await deeds.ask("Ben", { keys: [39], fields: ["email"] });
  await deeds.approve(paid.number);
  const max = await as("Max");
  await max.goto("/inbox");
  await max.getByRole("link", { name: "How I decide" }).click();
  await expect(max.getByRole("heading", { name: "Approvers" })).toBeVisible();
  const rows = (page: typeof max) => page.getByRole("region", { name: "Approvers" }).getByRole("row");
  await expect(rows(max)).toHaveCount(2);
  await expect(rows(max).nth(1)).toContainText("Max Hoffmann");
  // What a test approves at once is decided in under 5 seconds.
  await expect(rows(max).nth(1).getByRole("cell").last()).toContainText(/^[1-9]/);

  const ivy = await as("Ivy");
  await ivy.goto("/audit");
  await ivy.getByRole("link", { name: "Approvers" }).click();
  await expect(rows(ivy).nth(1)).toContainText("Everybody");
  await expect(rows(ivy).filter({ hasText: "Max Hoffmann" })).toHaveCount(1);
  await ivy.getByRole("link", { name: "90 days" }).click();
  await expect(ivy).toHaveURL(/days=90/);
  await expect(rows(ivy).nth(1)).toContainText("Everybody");
});
