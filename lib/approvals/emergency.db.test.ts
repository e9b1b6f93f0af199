import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { judgeReview } from "@/lib/approvals/judge-review";
import { countReviewsOfOthers, listOpenReviews, listReviews } from "@/lib/approvals/list-reviews";
import type { Context } from "@/lib/auth/context";
import { extendRequest } from "@/lib/requests/extend-request";
import { openEmergency, sendEmergency } from "@/lib/requests/open-emergency";
import { readRequest } from "@/lib/requests/read-request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { activePolicy } from "@/lib/testing/active-policy";
import { signedIn } from "@/lib/testing/control";
import { codesOf, jane, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const reason = "The ambulance is with her and asks who to call.";
const managed = (breakGlass: boolean) => [
  {
    name: "managers",
    when: "true",
    outcome: { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] },
    breakGlass,
  },
];
const open = (who: Context, { id }: Submitted) => openEmergency(who, { requestId: id, reason });
const grantOf = async ({ id }: Submitted) => {
  const [row] = await story.control.owner<{ id: string; state: string; view_seconds: number }[]>`
    SELECT id, state, view_seconds FROM grants WHERE request_id = ${id}`;
  return row;
};
const reviewOf = async ({ id }: Submitted) => {
  const [row] = await story.control.owner<{ id: string }[]>`SELECT id FROM reviews WHERE request_id = ${id}`;
  return row!.id;
};
const agent = () =>
  signedIn(story.control, { name: "Tess", roles: ["agent"], managerId: story.max.actor.personId });

beforeEach(() => activePolicy(story, managed(true)));

describe("an emergency", () => {
  test("opens at once for ten minutes, names everybody it skipped, and is on record in one step", async () => {
    const tess = await agent();
    const request = await submitRequest(tess, story.draft());
    expect(request.words).toContain("In an emergency, its page opens it at once.");
    expect((await readRequest(tess, request.number)).view.emergency).toBe(true);
    await open(tess, request);
    const grant = await grantOf(request);
    expect(grant).toMatchObject({ state: "active", view_seconds: 600 });
    expect((await revealFields(tess, { grantId: grant!.id })).values[0]).toMatchObject({ value: jane.email });
    expect(await codesOf(story, request.id)).toEqual([
      "request.submitted",
      "emergency.opened",
      "grant.activated",
      "reveal.opened",
    ]);
    const { view, events } = await readRequest(tess, request.number);
    expect(view).toMatchObject({
      state: "approved",
      emergency: false,
      decision: { by: "Tess, as an emergency", words: reason },
      review: { kind: "emergency", overdue: false, verdict: null },
    });
    const approvers = events.find(({ code }) => code === "emergency.opened")?.facts;
    expect(approvers).toContainEqual(["Approvers", expect.stringContaining("Max")]);
  });

  test("is sent and opened in one step, all of it or nothing of it", async () => {
    const tess = await agent();
    const asks = { ...story.draft(), why: reason };
    const sent = await sendEmergency(tess, asks);
    expect(await grantOf(sent)).toMatchObject({ state: "active", view_seconds: 600 });
    expect(await codesOf(story, sent.id)).toEqual([
      ...["request.submitted", "emergency.opened", "grant.activated"],
    ]);
    await activePolicy(story, managed(false));
    await expect(sendEmergency(tess, asks)).rejects.toEqual(refused("emergency-not-allowed"));
    await activePolicy(story, [{ outcome: { kind: "auto" }, breakGlass: true }]);
    await expect(sendEmergency(tess, asks)).rejects.toEqual(refused("already-decided"));
    const [left] = await story.control.owner<{ requests: number }[]>`
      SELECT count(*)::int AS requests FROM requests WHERE requester_id = ${tess.actor.personId}`;
    expect(left?.requests).toBe(1);
  });

  test("is refused where the rule does not allow it, whether that was so when it was sent or is so now", async () => {
    const tess = await agent();
    const before = await submitRequest(tess, story.draft());
    await activePolicy(story, managed(false));
    await expect(open(tess, before)).rejects.toEqual(refused("emergency-not-allowed"));
    const after = await submitRequest(tess, story.draft());
    expect((await readRequest(tess, after.number)).view.emergency).toBe(false);
    await activePolicy(story, managed(true));
    await expect(open(tess, after)).rejects.toEqual(refused("emergency-not-allowed"));
    expect(await grantOf(before)).toBeUndefined();
    expect(await grantOf(after)).toBeUndefined();
  });

  test("keeps the limits of both rules: of that which it was sent under, and of that which allows it now", async () => {
    const tess = await agent();
    const urgent = { ...managed(true)[0], name: "urgent", when: "request.break_glass", caps: { views: 1 } };
    await activePolicy(story, [urgent, ...managed(true)]);
    const { id } = await sendEmergency(tess, { ...story.draft(), why: reason });
    const [row] = await story.control.owner<{ id: string; max_views: number | null }[]>`
      SELECT id, max_views FROM grants WHERE request_id = ${id}`;
    expect(row?.max_views).toBe(1);
    await revealFields(tess, { grantId: row!.id });
    await expect(revealFields(tess, { grantId: row!.id })).rejects.toEqual(refused("views-spent"));
    const more = await extendRequest(tess, { requestId: id, reason, viewSeconds: 300 });
    const [asked] = await story.control.owner`SELECT max_views FROM requests WHERE id = ${more.id}`;
    expect(asked, "more time gives no more views").toMatchObject({ max_views: 1 });
  });

  test("is for one's own waiting request alone: not for that of others, and not once it was decided", async () => {
    const tess = await agent();
    const request = await submitRequest(tess, story.draft());
    await expect(open(story.ben, request)).rejects.toEqual(refused("not-found"));
    await approveRequest(story.max, { requestId: request.id, version: 1, words: null });
    await expect(open(tess, request)).rejects.toEqual(refused("already-decided"));
  });

  test("of one person is three in 24 hours, also of several at once", async () => {
    const tess = await agent();
    const requests: Submitted[] = [];
    for (let at = 0; at < 5; at++) requests.push(await submitRequest(tess, story.draft()));
    const outcomes = await Promise.allSettled(requests.map((request) => open(tess, request)));
    const codes = outcomes.map((one) => (one.status === "fulfilled" ? "open" : one.reason.code));
    expect(codes.filter((code) => code === "open")).toHaveLength(3);
    expect(codes.filter((code) => code === "emergencies-spent")).toHaveLength(2);
  });

  test("and an approval at the same moment leave one grant", async () => {
    const tess = await agent();
    for (let round = 0; round < 5; round++) {
      const request = await submitRequest(tess, story.draft());
      await Promise.allSettled([
        open(tess, request),
        approveRequest(story.max, { requestId: request.id, version: 1, words: null }),
      ]);
      const [row] = await story.control.owner<{ grants: number }[]>`
        SELECT count(*)::int AS grants FROM grants WHERE request_id = ${request.id}`;
      expect(row?.grants).toBe(1);
      const decided = (await codesOf(story, request.id)).filter(
        (code) => code === "emergency.opened" || code === "request.approved",
      );
      expect(decided).toHaveLength(1);
    }
  });
});

describe("its review", () => {
  test("stands with those who could have decided and with who opened it until one of them has judged it", async () => {
    const tess = await agent();
    const request = await submitRequest(tess, story.draft());
    await open(tess, request);
    const reviewId = await reviewOf(request);
    const numbers = async (who: Context) => (await listOpenReviews(who)).map(({ number }) => number);
    expect(await numbers(story.max)).toContain(request.number);
    expect(await numbers(tess)).toEqual([request.number]);
    expect(await numbers(story.ben)).toEqual([]);
    await judgeReview(story.max, { reviewId, verdict: "not-justified", words: "It could have waited." });
    expect(await numbers(story.max)).not.toContain(request.number);
    expect(await numbers(tess)).toEqual([]);
    expect((await listReviews(story.max)).judged[0]).toMatchObject({
      number: request.number,
      verdict: "not-justified",
      reviewer: "Max",
    });
    expect(await codesOf(story, request.id)).toContain("review.judged_not_justified");
  });

  test("is known to everybody as long as it waits, and only as a number to those whom it does not concern", async () => {
    const tess = await agent();
    const before = await countReviewsOfOthers(story.ben);
    const request = await submitRequest(tess, story.draft());
    await open(tess, request);
    const after = await countReviewsOfOthers(story.ben);
    expect(after).toEqual({
      count: (before?.count ?? 0) + 1,
      overdue: before?.overdue ?? 0,
      dueAt: before?.dueAt ?? expect.any(String),
    });
    const max = await countReviewsOfOthers(story.max);
    await judgeReview(story.max, {
      reviewId: await reviewOf(request),
      verdict: "justified",
      words: "She needed it.",
    });
    expect(await countReviewsOfOthers(story.ben)).toEqual(before);
    expect(await countReviewsOfOthers(story.max)).toEqual(max);
  });

  test("skipped those whose turn it was, and not those who would have stepped in for them", async () => {
    const tess = await agent();
    const request = await submitRequest(tess, story.draft());
    await open(tess, request);
    const [review] = (await listOpenReviews(tess)).filter(({ number }) => number === request.number);
    expect(review?.skipped).toEqual(["Max"]);
  });

  test("is by another person who could have decided, once, and of two at once one counts", async () => {
    const boss = await signedIn(story.control, {
      name: "Bo",
      roles: ["agent", "approver"],
      managerId: story.max.actor.personId,
    });
    const request = await submitRequest(boss, story.draft());
    await open(boss, request);
    const judged = { reviewId: await reviewOf(request), verdict: "justified" as const, words: "It was." };
    await expect(judgeReview(boss, judged)).rejects.toEqual(refused("own-request"));
    const former = await signedIn(story.control, { name: "Fox", roles: ["agent"] });
    await expect(judgeReview(former, judged)).rejects.toEqual(refused("not-permitted"));
    const outcomes = await Promise.allSettled([
      judgeReview(story.max, judged),
      judgeReview(story.noor, judged),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { owner } = story.control;
    await expect(
      owner`UPDATE reviews SET verdict = 'not-justified' WHERE id = ${judged.reviewId}`,
    ).rejects.toMatchObject({ code: "23000" });
  });

  test("is overdue after 24 hours and says so", async () => {
    const tess = await agent();
    const request = await submitRequest(tess, story.draft());
    await open(tess, request);
    await story.control.owner`
      UPDATE reviews SET opened_at = opened_at - interval '25 hours', due_at = due_at - interval '25 hours'
      WHERE request_id = ${request.id}`;
    expect(await listOpenReviews(tess)).toMatchObject([{ overdue: true, mine: true }]);
    expect((await readRequest(tess, request.number)).view.review).toMatchObject({ overdue: true });
  });
});
