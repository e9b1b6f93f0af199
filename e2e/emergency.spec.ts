import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const diagnoses = { source: "marigold", schema: "care", table: "diagnoses" };

test("an emergency opens at once, stands on the pages of Ana and of Vera, and Vera judges it", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ code: string }[]>`SELECT code FROM care.diagnoses WHERE id = 1`;
  const { number } = await deeds.ask("Ana", { table: diagnoses, keys: [1], fields: ["code"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await ana.getByRole("button", { name: "This is an emergency" }).click();
  const dialog = ana.getByRole("dialog", { name: "Open it as an emergency?" });
  await dialog.getByLabel("Why it cannot wait").fill("It is urgent");
  await dialog.getByRole("button", { name: "Open it now" }).click();
  await expect(dialog).toContainText("Write at least 20 characters");
  expect(await deeds.codesOf(number)).toEqual(["request.submitted", "request.refused"]);
  await dialog.getByLabel("Why it cannot wait").fill("The ambulance is with her and asks what she has.");
  await dialog.getByRole("button", { name: "Open it now" }).click();
  await expect(ana.getByText("Opened as an emergency", { exact: true })).toBeVisible();
  expectReveal(row!.code);
  await ana.getByRole("button", { name: "Reveal again" }).click();
  await expect(ana.getByText(row!.code)).toBeVisible();
  await ana.goto("/");
  await expect(toBeJudged(ana)).toContainText(`Your request ${number}`);

  const vera = await as("Vera");
  await vera.goto("/");
  await toBeJudged(vera)
    .getByRole("link", { name: `Request ${number} of Ana Souza` })
    .click();
  const line = vera.getByRole("listitem").filter({ hasText: `Request ${number} of Ana Souza` });
  await expect(line).toContainText("The ambulance is with her");
  await expect(line).toContainText("Skipped: ");

  await line.getByLabel("In your words").fill("The hospital has called me too.");
  await line.getByRole("button", { name: "Record the judgement" }).click();
  await expect(line.getByText("Choose one.")).toBeVisible();
  expect((await deeds.codesOf(number)).at(-1)).toBe("reveal.opened");
  await line.getByLabel("In your words").fill("The hospital has called me too.");
  await line.getByRole("radio", { name: "Justified", exact: true }).check();
  await line.getByRole("button", { name: "Record the judgement" }).click();
  await expect(vera.getByRole("list", { name: "Judged last" })).toContainText(`Request ${number}`);
  expect((await deeds.codesOf(number)).at(-1)).toBe("review.judged_justified");
  await ana.goto("/");
  await expect(ana.getByRole("heading", { name: "Hello Ana" })).toBeVisible();
  await expect(ana.getByText(`Your request ${number}`)).toHaveCount(0);
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Found justified: The hospital has called me too.")).toBeVisible();
});

test("Ada stops the access of Ana: what she sees goes, she asks for nothing, and works again when it is lifted", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 41`;
  const { number } = await deeds.grant("Ana", { keys: [41], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();

  const ada = await as("Ada");
  await ada.goto("/people/stops");
  await ada.getByLabel("Whom or what").selectOption("Person: Ana Souza");
  await ada.getByRole("button", { name: "Stop access" }).click();
  const dialog = ada.getByRole("dialog", { name: "Stop the access of Ana Souza?" });
  await expect(dialog).toContainText("Ends at once: one grant.");
  await dialog.getByLabel("Why").fill("Somebody else uses her laptop.");
  await dialog.getByRole("button", { name: "Stop now" }).click();
  await expect(ada.getByRole("region", { name: "Stopped now" })).toContainText("Ana Souza");
  await expect(ana.getByText(row!.email)).toHaveCount(0);
  await ana.reload();
  await expect(ana.getByRole("complementary", { name: "Stopped access" })).toContainText(
    "Somebody else uses her laptop.",
  );
  await expect(deeds.ask("Ana", { keys: [41], fields: ["email"] })).rejects.toMatchObject({
    code: "access-stopped",
  });

  await ada.getByRole("button", { name: "Lift the stop of Ana Souza" }).click();
  await ada.getByLabel("What has changed").fill("She has her laptop again.");
  await ada.getByRole("button", { name: "Lift the stop", exact: true }).click();
  await expect(ada.getByRole("region", { name: "Stopped now" })).toContainText("Nothing is stopped.");
  await ana.reload();
  await expect(ana.getByRole("complementary", { name: "Stopped access" })).toHaveCount(0);
  await deeds.ask("Ana", { keys: [41], fields: ["email"] });
});

const toBeJudged = (page: Page) => page.getByRole("region", { name: "To be judged" });
