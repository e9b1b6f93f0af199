import { expect, test } from "./support/test";
test("look", async ({ as, deeds }) => {
  await deeds.grant("Ana", { keys: [38], fields: ["email"] });
  const paid = await deeds.ask("Ben", { keys: [39], fields: ["email"] });
  await deeds.approve(paid.number);
  const ivy = await as("Ivy");
  for (const [name, address] of [["index", "/reports"], ["form", "/reports/approvals"], ["approvals", "/reports/approvals?from=2026-09-01&to=2026-11-30"], ["pci", "/reports/pci?from=2026-01-01&to=2026-12-31"], ["processing", "/reports/processing?from=2026-01-01&to=2026-12-31"]] as const)
    for (const [scheme, width] of [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]] as const) {
      await ivy.emulateMedia({ colorScheme: scheme });
      await ivy.setViewportSize({ width, height: 900 });
      await ivy.goto(address);
      await expect(ivy.getByRole("heading", { level: 1 })).toBeVisible();
      if (address.includes("?")) await expect(ivy.getByRole("article")).toBeVisible();
      await ivy.screenshot({ path: `/tmp/reports-look/${name}-${scheme}-${width}.png`, fullPage: true });
    }
  for (const kind of ["approvals", "pci", "processing"]) {
    const answer = await ivy.request.get(`/reports/${kind}/report.pdf?from=2026-09-01&to=2026-11-30`);
    (await import("node:fs")).writeFileSync(`/tmp/reports-look/${kind}.pdf`, await answer.body());
  }
});
