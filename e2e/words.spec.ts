import { expect, test } from "./support/test";

test("Ana's comment with a card number is not sent: she reads where it is, takes it out, and Ivy finds the refusal by its event", async ({
  as,
  deeds,
}) => {
  const { number } = await deeds.ask("Ana", { keys: [37], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  const thread = ana.getByRole("region", { name: "Questions and comments" });
  await thread.getByText("Write a comment").click();
  const words = thread.getByLabel("Your comment");
  await words.fill("She paid with 4012 8888 8888 1881 twice.");
  await thread.getByRole("button", { name: "Comment" }).click();
  await expect(thread.getByText("There seems to be a card, account or identity number")).toBeVisible();
  await expect(thread.getByText("Characters 15 to 33 look like a card number.").first()).toBeVisible();
  await expect(words).toHaveValue("She paid with 4012 8888 8888 1881 twice.");
  await words.fill("She paid with the card that ends in 1881, twice.");
  await thread.getByRole("button", { name: "Comment" }).click();
  await expect(thread.getByRole("list", { name: "What was said" })).toContainText("ends in 1881, twice");

  const ivy = await as("Ivy");
  await ivy.goto("/audit");
  const filters = ivy.getByRole("search", { name: "Filter the log" });
  await filters.getByLabel("Event").fill("comment.refused");
  await filters.getByLabel("Request").fill(String(number));
  await filters.getByRole("button", { name: "Filter" }).click();
  await expect(ivy).toHaveURL(/code=comment\.refused/);
  await ivy.getByText(/words about a request were refused/i).click();
  await expect(ivy.getByText("words: card")).toBeVisible();
  await expect(ivy.getByText("8888")).toHaveCount(0);
});
