import { expect, test } from "./support/test";

test("a long export says how far it is on whatever page one goes on to, and Cancel ends it: the file fails, and the log says what had left", async ({
  as,
}) => {
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/login_events");
  await expect(ana.getByRole("region", { name: "Downloads" })).toHaveCount(0);
  await ana.getByRole("button", { name: "Export" }).click();
  const started = ana.waitForEvent("download");
  await ana.getByRole("dialog", { name: "Export" }).getByRole("link", { name: "CSV" }).click();
  const line = ana
    .getByRole("region", { name: "Downloads" })
    .getByRole("group", { name: "public.login_events, CSV" });
  await expect(line).toContainText(/[\d,]+ rows so far/);
  await expect(line.getByRole("progressbar")).toBeVisible();
  const file = await started;

  // Loaded anew: what is under way is there at once.
  await ana.goto("/requests");
  await expect(line).toContainText(/[\d,]+ rows so far/);
  await line.getByRole("button", { name: "Cancel public.login_events, CSV" }).click();
  await expect(line).toContainText(/Cancelled after [\d,]+ rows\. The file is not whole\./);
  expect(await file.failure()).not.toBeNull();
  await line.getByRole("button", { name: "Dismiss public.login_events, CSV" }).click();
  await expect(line).toHaveCount(0);

  const ivy = await as("Ivy");
  await expect(ivy.getByRole("region", { name: "Downloads" })).toHaveCount(0);
  await ivy.goto("/audit?group=browsing");
  const words = /got [\d,]+ masked rows of public\.login_events, and cancelled the rest/;
  await expect(ivy.getByRole("row").filter({ hasText: words }).first()).toBeVisible();
});

test("what the browser gives up ends on the server too, and the page says so", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/login_events");
  await ana.getByRole("button", { name: "Export" }).click();
  const started = ana.waitForEvent("download");
  await ana.getByRole("dialog", { name: "Export" }).getByRole("link", { name: "NDJSON" }).click();
  const line = ana.getByRole("group", { name: "public.login_events, NDJSON" });
  await expect(line).toContainText(/[\d,]+ rows so far/);
  await (await started).cancel();
  await expect(line).toContainText(/Cancelled after [\d,]+ rows/);
});

test("a report and the log say that they are done, and how many rows have left", async ({ as }) => {
  const ivy = await as("Ivy");
  const corner = ivy.getByRole("region", { name: "Downloads" });
  await ivy.goto("/reports/approvals?from=2026-01-01&to=2026-12-31");
  const pdf = ivy.waitForEvent("download");
  await ivy.getByRole("link", { name: "PDF" }).click();
  await expect(corner.getByRole("group", { name: "How approvals work, PDF" })).toContainText(
    /Done, [\d,]+ rows?/,
  );
  expect(await (await pdf).failure()).toBeNull();

  // By a link of ours: the page is not loaded anew, and what is done stays until it is dismissed.
  await ivy.getByRole("navigation").getByRole("link", { name: "Audit" }).first().click();
  const log = ivy.waitForEvent("download");
  await ivy.getByRole("link", { name: "Export with proof" }).click();
  await expect(corner.getByRole("group", { name: "Audit log, with proof, NDJSON" })).toContainText(
    /Done, [\d,]+ rows/,
  );
  expect(await (await log).failure()).toBeNull();
  await expect(corner.getByRole("group")).toHaveCount(2);
  await ivy.goto("/audit?group=reports");
  const words = /got [\d,]+ rows of the report “approvals”/;
  await expect(ivy.getByRole("row").filter({ hasText: words }).first()).toBeVisible();
});
