import { expect, test } from "vitest";
import type { z } from "zod";
import { commentRequest, commentSchema } from "@/lib/approvals/comment-request";
import { draftSchema } from "@/lib/requests/draft";
import { submitRequest } from "@/lib/requests/submit-request";
import { useStory } from "@/lib/testing/story";
import { newDraft, newDraftSchema } from "@/lib/policies/save-draft";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { attempt, type Action } from "@/lib/web/run";

const story = useStory();
const card = "4012 8888 8888 1881";

type Deed<Input> = Omit<Action<Input, unknown>, "permission">;

const submit = {
  name: "submit-request",
  input: draftSchema,
  deed: submitRequest,
  refused: "request.refused",
} as const satisfies Deed<z.infer<typeof draftSchema>>;

const comment = {
  name: "comment-request",
  input: commentSchema,
  deed: commentRequest,
  refused: "comment.refused",
  about: ({ requestId }: { requestId: string }) => ({ requestId }),
} as const satisfies Deed<z.infer<typeof commentSchema>>;

const lastEvent = async () => {
  const [row] = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events ORDER BY seq DESC LIMIT 1`;
  return row?.entry ?? "";
};

const count = async (table: string) => {
  const [row] = await story.control.owner<{ count: number }[]>`
    SELECT count(*)::int FROM ${story.control.owner(table)}`;
  return row?.count ?? -1;
};

test("a reason with a card number is not saved: the answer says where, the event of which kind, and neither repeats it", async () => {
  const before = await count("requests");
  const reason = `She reads it as ${card} on the phone.`;
  const answer = await attempt(story.ana, submit, { ...story.draft(), reason, ticket: "" });
  expect(answer).toMatchObject({
    ok: false,
    fields: { reason: expect.stringContaining("Characters 17 to 35 look like a card number.") as unknown },
    next: expect.stringContaining("Characters 17 to 35") as unknown,
  });
  expect(JSON.stringify(answer)).not.toContain("8888");
  expect(await count("requests")).toBe(before);
  const event = await lastEvent();
  expect(JSON.parse(event)).toMatchObject({
    code: "request.refused",
    details: { action: "submit-request", refusal: "number-in-words", found: ["reason: card"] },
  });
  expect(event).not.toContain("8888");
  expect(event).not.toContain("She reads");
});

test("a comment with an identity number is on record with its request, and without the words", async () => {
  const { id, number } = await submitRequest(story.ana, story.draft());
  const answer = await attempt(story.max, comment, {
    requestId: id,
    words: "Her NINO is QQ… no: AB 12 34 56 C",
  });
  expect(answer).toMatchObject({
    ok: false,
    fields: { words: expect.stringContaining("National Insurance") as unknown },
  });
  const event = await lastEvent();
  expect(JSON.parse(event)).toMatchObject({
    ...{ code: "comment.refused", requestId: id, requestNumber: number },
    details: { found: ["words: uk-nino"] },
  });
  expect(event).not.toContain("12 34");
  expect(await count("comments")).toBe(0);
});

test("a rule of a policy holds no such number either, in its name or in its words", async () => {
  const save = {
    name: "save-policy",
    input: newDraftSchema,
    deed: newDraft,
    refused: "policy.refused",
  } as const;
  const [first, ...rest] = defaultPolicy.rules;
  const document = { ...defaultPolicy, rules: [{ ...first, name: `Card ${card}` }, ...rest], scenarios: [] };
  const answer = await attempt(story.pia, save, { basedOn: null, note: "A new rule", document });
  expect(answer).toMatchObject({
    ok: false,
    fields: { "rules.0.name": expect.stringContaining("card number") as unknown },
  });
  expect(await lastEvent()).not.toContain("8888");
  expect(await count("policy_versions")).toBe(0);
});

test("the same words without the number go through", async () => {
  const reason = "She reads the card that ends in 1881 on the phone.";
  expect(await attempt(story.ana, submit, { ...story.draft(), reason, ticket: "" })).toMatchObject({
    ok: true,
  });
});
