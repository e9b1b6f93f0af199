import type { Page } from "@playwright/test";
import { pressTo } from "./support/steps";
import { expect, test } from "./support/test";

const decision = (page: Page) => page.getByRole("region", { name: "Decision" });
const thread = (page: Page) => page.getByRole("region", { name: "Questions and comments" });

test("Max asks by key without leaving the inbox, Ana sees it at once and answers, Max sees that and approves, all without loading a page", async ({
  as,
  deeds,
  control,
}) => {
  const { number, id } = await deeds.ask("Ana", { keys: [36], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto("/");
  const max = await as("Max");
  await max.goto("/inbox");
  await expect(max.getByRole("article", { name: `Request ${number}` })).toBeVisible();
  await pressTo(max, "q", decision(max).getByLabel("Your question to Ana Souza"));
  await max.keyboard.type("Which parcel? <b>The second</b>?");
  await decision(max).getByRole("button", { name: "Ask" }).press("Enter");
  await expect(max).toHaveURL(new RegExp(`request=${number}$`));
  const line = max.getByRole("navigation", { name: "Inbox" }).getByRole("listitem");
  await expect(line).toContainText("Asked");
  await expect(thread(max)).toContainText("You asked Ana Souza");
  await expect(decision(max).getByRole("button", { name: "Ask" })).toHaveAttribute("aria-disabled", "true");

  await ana.getByRole("link", { name: "Max Hoffmann asked you a question" }).click();
  await expect(ana.getByText("A question stops no clock", { exact: false })).toBeVisible();
  await expect(thread(ana)).toContainText("Which parcel? <b>The second</b>?");
  await pressTo(max, "d", decision(max).getByLabel("Why not"));
  await max.keyboard.type("Half a sen");
  await thread(ana).getByLabel("Your answer to Max Hoffmann").fill("Yes, the second one.");
  await thread(ana).getByRole("button", { name: "Answer" }).click();
  await expect(thread(ana)).toContainText("You answered Max Hoffmann");
  await expect(ana.getByText("asked you a question")).toHaveCount(0);

  await expect(line).toContainText("Answered");
  await expect(thread(max)).toContainText("Yes, the second one.");
  // What he was writing is still there.
  await expect(decision(max).getByLabel("Why not")).toHaveValue("Half a sen");
  await decision(max).getByRole("button", { name: "Back" }).click();
  await pressTo(max, "a", max.getByText(`Request ${number} of Ana Souza is approved.`).first());
  await expect(ana.getByRole("button", { name: "Open now" })).toBeVisible();
  expect(await deeds.codesOf(number)).toEqual([
    "request.submitted",
    "request.question_asked",
    "request.question_answered",
    "request.approved",
  ]);
  const said = await control`SELECT entry FROM audit_events WHERE request_id = ${id}`;
  expect(JSON.stringify(said)).not.toContain("parcel?");
});

test("after the decision they talk on while the grant lives, and then the thread is closed", async ({
  as,
  deeds,
}) => {
  const { number, grantId } = await deeds.grant("Ana", { keys: [37], fields: ["email"] });
  const [ana, max] = [await as("Ana"), await as("Max")];
  await ana.goto(`/requests/${number}`);
  await max.goto(`/requests/${number}`);
  await thread(ana).getByText("Write a comment").click();
  await thread(ana).getByLabel("Your comment").fill("She will be called at four.");
  await thread(ana).getByRole("button", { name: "Comment" }).click();
  await expect(thread(max)).toContainText("Ana Souza wrote");
  await expect(thread(max)).toContainText("She will be called at four.");
  await expect(thread(ana).getByLabel("Your comment")).toHaveValue("");
  await deeds.revoke("Max", grantId);
  // Her page still has the form: what she sends is refused, and what she wrote is not lost.
  await thread(ana).getByLabel("Your comment").fill("He called back.");
  await thread(ana).getByRole("button", { name: "Comment" }).click();
  await expect(thread(ana).getByRole("alert")).toContainText("nothing more is said about it");
  await expect(thread(ana).getByLabel("Your comment")).toHaveValue("He called back.");
  await ana.reload();
  await expect(thread(ana)).toContainText("This request is over");
  await expect(thread(ana).getByText("Write a comment")).toHaveCount(0);
  expect((await deeds.codesOf(number)).slice(-2)).toEqual(["grant.revoked", "comment.refused"]);
});
