import type { Page } from "@playwright/test";
import { pressTo, turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const decision = (page: Page) => page.getByRole("region", { name: "Decision" });

test("the inbox is worked through by keys: j and k move, a approves, n narrows, d denies, and the next one comes up", async ({
  as,
  deeds,
}) => {
  const first = await deeds.ask("Ana", { keys: [12], fields: ["email"] });
  const second = await deeds.ask("Ben", { keys: [13], fields: ["email", "phone"] });
  const third = await deeds.ask("Ana", { keys: [14], fields: ["phone"] });
  const max = await as("Max");
  await max.goto("/inbox");
  const shown = (number: number) => max.getByRole("article", { name: `Request ${number}` });
  await expect(shown(first.number)).toBeVisible();
  await pressTo(max, "j", shown(second.number));
  await pressTo(max, "k", shown(first.number));
  await pressTo(max, "?", max.getByRole("dialog", { name: "Keys of the inbox" }));
  await max.keyboard.press("Escape");

  await pressTo(max, "a", max.getByText(`Request ${first.number} of Ana Souza is approved.`).first());
  await expect(shown(second.number)).toBeVisible();

  await pressTo(max, "n", decision(max).getByRole("group", { name: "Fields" }));
  await decision(max)
    .getByRole("group", { name: "Fields" })
    .getByRole("checkbox", { name: "phone" })
    .press("Space");
  await decision(max).getByRole("button", { name: "Approve 1 field of 1 record for 5 min" }).press("Enter");
  await expect(shown(third.number)).toBeVisible();

  await pressTo(max, "d", decision(max).getByLabel("Why not"));
  await max.keyboard.type("Call her office instead.");
  await decision(max).getByRole("button", { name: "Deny" }).press("Enter");
  await expect(max.getByText("Nothing waits for you").first()).toBeVisible();

  for (const [{ number }, verdict] of [
    [first, "approved"],
    [second, "narrowed"],
    [third, "denied"],
  ] as const)
    expect(await deeds.codesOf(number)).toEqual(["request.submitted", `request.${verdict}`]);
});

test("the inbox is grouped and filtered by its address, the next one stays within it, and others' like requests stand beside", async ({
  as,
  deeds,
}) => {
  const hers = await deeds.ask("Ana", { keys: [33], fields: ["email"] });
  const his = await deeds.ask("Ben", { keys: [34], fields: ["email"] });
  const second = await deeds.ask("Ben", { keys: [35], fields: ["email"] });
  const max = await as("Max");
  const list = max.getByRole("navigation", { name: "Inbox" });
  await max.goto("/inbox");
  await list.getByRole("link", { name: "Group by requester" }).click();
  await list
    .getByRole("region", { name: "Ben Okafor" })
    .getByRole("link", { name: "Ben Okafor", exact: true })
    .click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(max.getByRole("article", { name: `Request ${his.number}` })).toBeVisible();
  await expect(max.getByRole("region", { name: "Similar requests" })).toContainText("Ana Souza: email");
  await pressTo(max, "a", max.getByText(`Request ${his.number} of Ben Okafor is approved.`).first());
  await expect(max.getByRole("article", { name: `Request ${second.number}` })).toBeVisible();
  await expect(max).toHaveURL(/requester=/);
  await list.getByRole("link", { name: "Show everybody's" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await deeds.approve(second.number);
  await deeds.approve(hers.number);
});

test("a denial needs words, and Ana reads them", async ({ as, deeds }) => {
  const { number } = await deeds.ask("Ana", { keys: [15], fields: ["national_id"] });
  const max = await as("Max");
  await turnTo(max, number);
  await decision(max).getByRole("button", { name: "Deny" }).click();
  await decision(max).getByRole("button", { name: "Deny" }).click();
  await expect(decision(max).getByText("Say why: the requester reads this.")).toBeVisible();
  expect(await deeds.codesOf(number)).toEqual(["request.submitted"]);
  await decision(max).getByLabel("Why not").fill("The ticket is about another customer.");
  await decision(max).getByRole("button", { name: "Deny" }).click();
  await expect(max.getByText(`Request ${number} of Ana Souza is denied.`).first()).toBeVisible();

  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Denied").first()).toBeVisible();
  await expect(ana.getByRole("region", { name: "History" })).toContainText(
    "The ticket is about another customer.",
  );
  await expect(ana.getByRole("button", { name: "Open now" })).toHaveCount(0);
});

test("Max never decides what he asked for himself: not in the inbox, not by its address, not by a forged call", async ({
  as,
  deeds,
  control,
}) => {
  const his = await deeds.ask("Max", { keys: [16], fields: ["email"] });
  const hers = await deeds.ask("Ana", { keys: [17], fields: ["email"] });
  const max = await as("Max");
  await max.goto("/inbox");
  await expect(
    max.getByRole("list", { name: "Requests that wait for you" }).getByRole("listitem"),
  ).toHaveCount(1);
  await max.goto(`/inbox?request=${his.number}`);
  await expect(max.getByText(`Request ${his.number} is not here`)).toBeVisible();

  await max.route("**/inbox*", (route, request) =>
    route.fallback({ postData: request.postData()?.replace(hers.id, his.id) ?? null }),
  );
  await turnTo(max, hers.number);
  await decision(max).getByRole("button", { name: "Approve" }).click();
  await expect(decision(max).getByRole("alert")).toContainText(
    /own request|not one of the approvers|nothing here/,
  );
  const [row] = await control`SELECT state FROM requests WHERE id = ${his.id}`;
  expect(row?.["state"]).toBe("pending");

  const noor = await as("Noor");
  await turnTo(noor, his.number);
  await decision(noor).getByRole("button", { name: "Approve" }).click();
  await expect(noor.getByText(`Request ${his.number} of Max Hoffmann is approved.`).first()).toBeVisible();
});

test("of two approvers who decide at once, one wins and the other is told", async ({
  as,
  deeds,
  control,
}) => {
  await deeds.moveUnder("Ben", null);
  const { number, id } = await deeds.ask("Ben", { keys: [18], fields: ["email"] });
  await deeds.moveUnder("Ben", "Max");
  const both = [await as("Max"), await as("Noor")];
  for (const page of both) await turnTo(page, number);
  await expect(both[0]!.getByRole("article")).toContainText(/Who else may decide: .*Noor Haddad/);
  await Promise.all(both.map((page) => decision(page).getByRole("button", { name: "Approve" }).click()));
  const outcomes = both.map((page) =>
    page
      .getByText(/^(Request \d+ of Ben Okafor is approved\.|This request has been decided already\.)$/)
      .first(),
  );
  for (const outcome of outcomes) await expect(outcome).toBeVisible();
  const words = await Promise.all(outcomes.map((outcome) => outcome.innerText()));
  expect(words.toSorted()).toEqual([
    `Request ${number} of Ben Okafor is approved.`,
    "This request has been decided already.",
  ]);
  const [votes] = await control`SELECT count(*)::int AS n FROM decisions WHERE request_id = ${id}`;
  expect(votes?.["n"]).toBe(1);
  expect(await deeds.codesOf(number)).toEqual(["request.submitted", "request.approved", "decision.refused"]);
});

test("Max revokes a grant with words, and Ana reads who and why", async ({ as, deeds }) => {
  const { number } = await deeds.grant("Ana", { keys: [19], fields: ["phone"] });
  const max = await as("Max");
  await max.goto(`/requests/${number}`);
  await max.getByRole("button", { name: "Revoke the grant" }).click();
  await max.getByRole("button", { name: "Revoke now" }).click();
  await expect(max.getByLabel("Why")).toHaveAttribute("aria-invalid", "true");
  await max.getByLabel("Why").fill("The customer has been reached.");
  await max.getByRole("button", { name: "Revoke now" }).click();
  await expect(
    max.getByText("The grant was revoked. Ana Souza sees nothing any more.").first(),
  ).toBeVisible();
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Revoked").first()).toBeVisible();
  await expect(ana.getByRole("region", { name: "History" })).toContainText("The customer has been reached.");
  expect((await deeds.codesOf(number)).at(-1)).toBe("grant.revoked");
});
