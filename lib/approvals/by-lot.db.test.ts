import { expect, test } from "vitest";
import { judgeReview } from "@/lib/approvals/judge-review";
import { listOpenReviews } from "@/lib/approvals/list-reviews";
import type { Context } from "@/lib/auth/context";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activePolicy } from "@/lib/testing/active-policy";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const automatic = [{ name: "all", when: "true", outcome: { kind: "auto" } }];
const numbers = async (who: Context) => (await listOpenReviews(who)).map(({ number }) => number);

test("what the policy grants at once and draws by lot waits a week for the manager's judgement", async () => {
  await activePolicy(story, automatic, { reviewShare: 1 });
  const request = await submitRequest(story.ana, story.draft());
  expect(await listOpenReviews(story.ana)).toMatchObject([{ kind: "sample", mine: true, reason: null }]);
  expect(await numbers(story.max)).toContain(request.number);
  const { view, events } = await readRequest(story.max, request.number);
  expect(view.review).toMatchObject({ kind: "sample", verdict: null });
  expect(events.flatMap(({ facts }) => facts)).toContainEqual(["Drawn for review", "true"]);
  const [review] = await listOpenReviews(story.max);
  expect(Date.parse(review!.dueAt) - Date.parse(review!.openedAt)).toBeGreaterThan(6.9 * 86_400_000);
  await judgeReview(story.max, { reviewId: review!.id, verdict: "justified", words: "The ticket says so." });
  expect(await numbers(story.ana)).toEqual([]);
});

test("nothing is drawn of a share of 0, and nothing of what people decide", async () => {
  await activePolicy(story, automatic, { reviewShare: 0 });
  await submitRequest(story.ana, story.draft());
  await activePolicy(story, [], { reviewShare: 1 });
  await submitRequest(story.ana, story.draft());
  expect(await listOpenReviews(story.ana)).toEqual([]);
});
