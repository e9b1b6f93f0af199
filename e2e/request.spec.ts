import { cellOf } from "./support/grid";
import { sendRequest } from "./support/steps";
import { expect, test } from "./support/test";

test("Ana asks from a record, sees what Max will see, and follows her request until she takes it back", async ({
  as,
  deeds,
}) => {
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers");
  await ana.getByRole("rowheader", { name: "23", exact: true }).getByRole("link").click();
  await ana.getByRole("checkbox", { name: "Select phone" }).check();
  await ana.getByRole("checkbox", { name: "Select national_id" }).check();
  await ana.getByRole("button", { name: "Request 2 fields" }).click();
  const sheet = ana.getByRole("dialog", { name: "Request to see values" });
  await sheet
    .getByRole("group", { name: "How much of phone" })
    .getByRole("radio", { name: "A part" })
    .check();
  await sheet.getByLabel("Reason").fill("Her delivery came back unopened.");
  await sheet.getByRole("radio", { name: "1 min" }).check();
  const preview = sheet.getByRole("region", { name: "What Max Hoffmann will see" });
  await expect(preview).toContainText("Her delivery came back unopened.");
  await expect(preview).toContainText("1 min");
  await expect(sheet.getByText(/These fields open for at most \d+ min/)).toBeVisible();
  await expect(preview.getByRole("list", { name: "Fields" })).toContainText("a part");
  const number = await sendRequest(ana, {
    reason: "Her delivery came back unopened.",
    approver: "Max Hoffmann",
  });

  await expect(ana.getByRole("row", { name: /phone/ }).getByRole("cell")).toHaveAttribute(
    "data-veil",
    "asked",
  );
  await ana.goto("/requests?state=pending");
  await ana.getByRole("link", { name: new RegExp(`^Request ${number}:`) }).click();
  const history = ana.getByRole("region", { name: "History" });
  await expect(history).toContainText("Ana Souza asked for");
  await expect(history).toContainText("Waiting for Max Hoffmann");
  await ana.getByRole("button", { name: "Withdraw" }).click();
  await expect(ana.getByText("Withdrawn").first()).toBeVisible();
  await expect(history).toContainText(`Ana Souza withdrew request ${number}`);
  expect(await deeds.codesOf(number)).toEqual(["request.submitted", "request.withdrawn"]);
});

test("a request without a purpose and with too few words is not sent, and what was written stays", async ({
  as,
  control,
}) => {
  const counted = async () => (await control`SELECT count(*)::int AS n FROM requests`)[0]?.["n"];
  const before = await counted();
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers");
  await (await cellOf(ana, 24, "email")).click();
  await ana.getByRole("button", { name: "Request 1 field of 1 record" }).click();
  const sheet = ana.getByRole("dialog", { name: "Request to see values" });
  await sheet.getByLabel("Reason").fill("because");
  await sheet.getByRole("button", { name: /^Send/ }).click();
  await expect(sheet.getByText("Choose a purpose.")).toBeVisible();
  await expect(sheet.getByText("Write at least 10 characters: the approver decides by this.")).toBeVisible();
  await expect(sheet.getByLabel("Reason")).toHaveValue("because");
  expect(await counted()).toBe(before);
  await ana.keyboard.press("Escape");
  await sheet.getByRole("button", { name: "Keep writing" }).click();
  await expect(sheet.getByLabel("Reason")).toHaveValue("because");
});

test("values that open for nobody cannot be asked for", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/payment_cards");
  await ana.getByRole("button", { name: "About cvv" }).click();
  await expect(ana.getByRole("dialog", { name: "About cvv" })).toContainText(
    "Values of this class open for nobody.",
  );
  await expect(ana.getByRole("button", { name: "Select this column" })).toHaveCount(0);
});
