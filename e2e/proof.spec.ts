import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";
import { castOf } from "./support/cast";
import { expect, test } from "./support/test";

test("Ivy takes the log with its proof, checks it offline with the key that the page shows, and it goes on from before", async ({
  as,
}, info) => {
  const ivy = await as("Ivy");
  await ivy.goto("/audit");
  const health = ivy.getByText("The log is checked as it is written, and signed");
  await expect(async () => {
    await ivy.reload();
    await expect(health).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await health.click();
  const key = await ivy.getByText(/^glimpse\.example\/audit\+[0-9a-f]{8}\+/).textContent();
  const [before, after] = [info.outputPath("before.ndjson"), info.outputPath("after.ndjson")];
  for (const file of [before, after]) {
    const download = ivy.waitForEvent("download");
    await ivy.getByRole("link", { name: "Export with proof" }).click();
    await (await download).saveAs(file);
  }
  const [header = "{}"] = fs.readFileSync(before, "utf8").split("\n");
  const old = info.outputPath("checkpoint");
  fs.writeFileSync(old, (JSON.parse(header) as { checkpoint: string }).checkpoint);
  const answer = await main([after, "--key", key ?? "", "--since", old]);
  expect(answer).toMatchObject({ code: 0, words: expect.stringContaining("GOOD") });
  await test.step("the page from the disk says the same, in the browser", async () => {
    await ivy.goto(pathToFileURL("scripts/verifier/glimpse-verify.html").href);
    await ivy.getByLabel(/^Export/).setInputFiles(after);
    await ivy.getByLabel(/^Keys/).fill(key ?? "");
    await ivy.getByLabel(/^Older checkpoints/).setInputFiles(old);
    await ivy.getByRole("button", { name: "Check", exact: true }).click();
    await expect(ivy.getByRole("status")).toContainText(/^Good: .* as signed by glimpse\.example\/audit/);
  });
  fs.appendFileSync(old, "x");
  expect(await main([after, "--key", key ?? "", "--since", old])).toMatchObject({ code: 1 });
});

test("checkpoint and tiles are for auditors, and for programs with the token of a monitor", async ({
  watch,
}) => {
  const cast = await castOf(watch);
  const { status, text } = await cast.Ivy.get("/checkpoint");
  expect([status, text.split("\n")[0]]).toEqual([200, "glimpse.example/audit"]);
  expect((await cast.Ivy.get("/tile/0/000.p/3")).status).toBe(200);
  expect((await cast.Ivy.get("/tile/0/999")).status).toBe(404);
  for (const path of ["/checkpoint", "/tile/0/000.p/3", "/tile/entries/000.p/3"])
    expect((await cast.Ana.get(path)).status, path).toBe(403);
});
