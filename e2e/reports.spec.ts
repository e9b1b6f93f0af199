import { readFileSync } from "node:fs";
import { expect, test } from "./support/test";

test("Ivy makes a report, takes it away as PDF and CSV, has it come each week, and stops that; all of it is on record", async ({
  as,
  deeds,
}) => {
  await deeds.grant("Ana", { keys: [38], fields: ["email"] });
  const ivy = await as("Ivy");
  await ivy.goto("/");
  await ivy.getByRole("navigation").getByRole("link", { name: "Reports" }).first().click();
  await expect(ivy.getByRole("listitem").filter({ hasText: "Who can see full card numbers" })).toBeVisible();
  await ivy.getByRole("link", { name: "How approvals work" }).click();
  await expect(ivy.getByRole("heading", { level: 1 })).toHaveText("How approvals work");
  await ivy.getByRole("button", { name: "Make the report" }).click();
  await expect(ivy).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  const report = ivy.getByRole("article", { name: "How approvals work" });
  await expect(report.getByRole("region", { name: "Approvers", exact: true }).first()).toContainText("Max");
  await expect(report.getByRole("img", { name: /Requests by week, from/ })).toBeVisible();
  const numbers = report.getByRole("group").filter({ hasText: "Show the numbers" }).first();
  await numbers.getByText("Show the numbers").click();
  await expect(numbers.getByRole("columnheader", { name: "Week from" })).toBeVisible();

  const pdf = ivy.waitForEvent("download");
  await report.getByRole("link", { name: "PDF" }).click();
  expect(
    readFileSync(await (await pdf).path())
      .subarray(0, 8)
      .toString(),
  ).toBe("%PDF-1.7");
  const csv = ivy.waitForEvent("download");
  await report.getByRole("link", { name: "CSV of Approvers" }).click();
  expect(readFileSync(await (await csv).path(), "utf8")).toContain("approver,decisions,median_seconds");

  await ivy.getByText("Have it come by mail", { exact: true }).click();
  await ivy.getByRole("radio", { name: "Each week" }).check();
  await ivy.getByRole("button", { name: "Have it come", exact: true }).click();
  await expect(ivy.getByText("It comes by mail.").first()).toBeVisible();
  await ivy.goto("/reports");
  const mailed = ivy.getByRole("region", { name: "Reports by mail" });
  await expect(mailed).toContainText("How approvals work, each week, to");
  await mailed.getByRole("button", { name: "Stop" }).click();
  await expect(mailed).toHaveCount(0);

  await ivy.goto("/audit?group=reports");
  for (const words of [
    "read the report “approvals”",
    "took the report “approvals” away as PDF",
    "away as CSV",
  ])
    await expect(ivy.getByRole("row").filter({ hasText: words }).first()).toBeVisible();
});

test("A span that cannot be is said beside its field, and no report is made", async ({ as }) => {
  const ivy = await as("Ivy");
  await ivy.goto("/reports/pci?from=2026-03-01&to=2026-02-01");
  await expect(ivy.getByText("The last day is before the first.")).toBeVisible();
  await expect(ivy.getByRole("article")).toHaveCount(0);
  await ivy.goto("/reports/pci?from=2026-03-01&to=2026-03-02&to=2026-03-03");
  await expect(ivy.getByText("The address could not be read")).toBeVisible();
  await ivy.goto("/reports/nothing");
  await expect(ivy.getByRole("heading", { level: 1 })).toContainText(/nothing here/i);
});

test("On a phone no report is wider than the screen, but tables that scroll by themselves", async ({
  as,
}) => {
  const ivy = await as("Ivy");
  await ivy.setViewportSize({ width: 390, height: 844 });
  for (const address of [
    "/reports",
    "/reports/approvals?from=2026-01-01&to=2026-12-31",
    "/reports/pci?from=2026-01-01&to=2026-12-31",
    "/reports/processing?from=2026-01-01&to=2026-12-31",
  ]) {
    await ivy.goto(address);
    await expect(ivy.getByRole("heading", { level: 1 })).toBeVisible();
    if (address !== "/reports") await expect(ivy.getByRole("article")).toBeVisible();
    expect(await ivy.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(390);
  }
});
