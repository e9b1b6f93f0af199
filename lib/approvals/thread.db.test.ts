import { beforeEach, describe, expect, test } from "vitest";
import { answerQuestion } from "@/lib/approvals/answer-question";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askQuestion } from "@/lib/approvals/ask-question";
import { commentRequest, commentSchema } from "@/lib/approvals/comment-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { listInbox } from "@/lib/approvals/list-inbox";
import { readThread } from "@/lib/approvals/read-thread";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import type { Context } from "@/lib/auth/context";
import { sweep } from "@/lib/expiry/sweep";
import { readHome } from "@/lib/home/read-home";
import { makeNewLink } from "@/lib/people/invite-person";
import { changeRoles } from "@/lib/people/change-roles";
import { listMyRequests } from "@/lib/requests/list-my-requests";
import { readRequest } from "@/lib/requests/read-request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { readMark } from "@/lib/reveals/read-live";
import { signedIn } from "@/lib/testing/control";
import { approved, codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const ask = (who: Context, { id }: { id: string }, words = "Which ticket is it about?") =>
  askQuestion(who, { requestId: id, words });
const say = (who: Context, { id }: { id: string }, words = "It is the second parcel.") =>
  commentRequest(who, { requestId: id, words });
const waiting = () => submitRequest(story.ana, story.draft());
const questionOf = async ({ id }: Submitted) => (await readThread(story.ana, id)).entries[0]!.id;
const said = async (who: Context, { id }: { id: string }) =>
  (await readThread(who, id)).entries.map(({ kind, by, words }) => `${by} ${kind}: ${words}`);

beforeEach(async () => {
  await story.control.owner`DELETE FROM tries`;
});

describe("a thread", () => {
  test("goes from a question of Max to an answer of Ana to a decision, each on record without its words", async () => {
    const request = await waiting();
    await ask(story.max, request);
    const asked = await readThread(story.ana, request.id);
    expect(asked).toMatchObject({ openBy: ["Max"], mine: true, mayWrite: true });
    expect((await listMyRequests(story.ana, {})).lines[0]).toMatchObject({ questionBy: "Max" });
    expect((await readHome(story.ana)).asking?.questions[0]).toMatchObject({
      href: `/requests/${request.number}#thread`,
      title: "Max asked you a question",
    });
    const line = async () =>
      (await listInbox(story.max, {})).lines.find(({ number }) => number === request.number)?.question;
    expect(await line()).toBe("waits");
    await answerQuestion(story.ana, { questionId: asked.entries[0]!.id, words: "T-1042, I mistyped it." });
    expect(await line()).toBe("answered");
    expect((await readHome(story.ana)).asking?.questions).toEqual([]);
    await say(story.max, request, "Thank you.");
    // Nothing of this is another version: a decision about what was seen counts.
    await approveRequest(story.max, { requestId: request.id, version: 1, words: null });
    expect(await said(story.max, request)).toEqual([
      "Max question: Which ticket is it about?",
      "Ana answer: T-1042, I mistyped it.",
      "Max comment: Thank you.",
    ]);
    expect(await codesOf(story, request.id)).toEqual([
      "request.submitted",
      "request.question_asked",
      "request.question_answered",
      "request.commented",
      "request.approved",
    ]);
    const entries = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE request_id = ${request.id} AND code ~ 'question|commented' ORDER BY seq`;
    expect(entries.map(({ entry }) => entry).join()).not.toMatch(/Which ticket|mistyped|Thank you/);
    expect(JSON.parse(entries[1]!.entry)).toMatchObject({
      approvers: [{ name: "Max" }],
      details: { characters: 22, seal: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test("is read by its requester, those who may decide and auditors, and is not there for anybody else", async () => {
    const request = await waiting();
    await say(story.ana, request);
    for (const who of [story.ana, story.max, story.ivy])
      expect(await said(who, request), who.actor.name).toEqual(["Ana comment: It is the second parcel."]);
    for (const who of [story.ben, story.noor, story.sam, story.pia, story.ada]) {
      await expect(readThread(who, request.id), who.actor.name).rejects.toEqual(refused("not-found"));
      await expect(say(who, request), who.actor.name).rejects.toEqual(refused("not-found"));
      await expect(ask(who, request), who.actor.name).rejects.toEqual(refused("not-found"));
    }
    expect(await readThread(story.ivy, request.id)).toMatchObject({ mayWrite: false });
    await expect(say(story.ivy, request)).rejects.toEqual(refused("not-in-thread"));
  });

  test("takes no question from its requester to themselves, and no answer from anybody else", async () => {
    const his = await submitRequest(story.max, story.draft());
    await expect(ask(story.max, his)).rejects.toEqual(refused("own-request"));
    const request = await waiting();
    await ask(story.max, request);
    const questionId = await questionOf(request);
    for (const who of [story.max, story.ben, story.ivy])
      await expect(answerQuestion(who, { questionId, words: "Yes." }), who.actor.name).rejects.toEqual(
        refused("not-found"),
      );
    await expect(
      story.control
        .owner`INSERT INTO comments (request_id, requester_id, author_id, kind, words, salt, said_at)
        SELECT id, requester_id, requester_id, 'question', 'x', sha256('x'), clock_timestamp() FROM requests
        WHERE id = ${his.id}`,
    ).rejects.toMatchObject({ constraint_name: "question_of_another" });
  });

  test("a question waits for one answer, and its asker asks no second one before", async () => {
    const request = await waiting();
    await ask(story.max, request);
    await expect(ask(story.max, request, "And another?")).rejects.toEqual(refused("question-open"));
    const questionId = await questionOf(request);
    const both = await Promise.allSettled(
      ["Yes.", "No."].map((words) => answerQuestion(story.ana, { questionId, words })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: refused("question-answered"),
    });
    await ask(story.max, request, "And another?");
    // What is no question cannot be answered.
    const { entries } = await readThread(story.ana, request.id);
    const answer = entries.find(({ kind }) => kind === "answer")!;
    await expect(answerQuestion(story.ana, { questionId: answer.id, words: "Yes." })).rejects.toEqual(
      refused("not-found"),
    );
  });

  test("who lost the role writes nothing more, though their session and their seat are still there", async () => {
    const mia = await signedIn(story.control, { name: "Mia", roles: ["approver"] });
    const lou = await signedIn(story.control, {
      name: "Lou",
      roles: ["agent"],
      managerId: mia.actor.personId,
    });
    const request = await submitRequest(lou, story.draft());
    await ask(mia, request);
    const [{ version }] = (await story.control.owner`
      SELECT version FROM people WHERE id = ${mia.actor.personId}`) as unknown as [{ version: number }];
    await changeRoles(story.ada, { personId: mia.actor.personId, version, roles: ["steward"] });
    await expect(say(mia, request)).rejects.toEqual(refused("not-found"));
    await expect(ask(mia, request)).rejects.toEqual(refused("not-found"));
  });

  test("goes on while the grant lives, with those who decided, and is closed afterwards", async () => {
    const request = await approved(story);
    await say(story.max, request, "Tell her about the refund too.");
    await say(story.ana, request);
    await expect(ask(story.max, request)).rejects.toEqual(refused("already-voted"));
    await revokeGrant(story.max, { grantId: request.grantId, words: "Done." });
    for (const who of [story.ana, story.max])
      await expect(say(who, request), who.actor.name).rejects.toEqual(refused("thread-closed"));
    expect(await readThread(story.ana, request.id)).toMatchObject({ isOpen: false, mayWrite: false });
    expect(await said(story.ana, request)).toHaveLength(2);
  });

  test("a denied request is spoken of no more, and its question is answered no more", async () => {
    const request = await waiting();
    await ask(story.max, request);
    const questionId = await questionOf(request);
    await denyRequest(story.max, { requestId: request.id, version: 1, words: "No answer." });
    await expect(answerQuestion(story.ana, { questionId, words: "Here." })).rejects.toEqual(
      refused("thread-closed"),
    );
  });

  test("a question stops no clock: the request expires as ever, and its event says what was not answered", async () => {
    const request = await waiting();
    const before = await readThread(story.ana, request.id);
    await ask(story.max, request);
    const after = await readThread(story.ana, request.id);
    expect(after.expiresInMs).toBeLessThanOrEqual(before.expiresInMs);
    await story.control.owner`UPDATE requests SET created_at = created_at - interval '2 days',
      expires_at = clock_timestamp() WHERE id = ${request.id}`;
    await expect(ask(story.max, request)).rejects.toEqual(refused("request-expired"));
    await sweep();
    const { events } = await readRequest(story.ana, request.number);
    expect(events.at(-1)?.sentence).toBe(
      `Nobody decided request ${request.number} in time; a question was not answered`,
    );
    expect(await readThread(story.ana, request.id)).toMatchObject({ state: "expired", openBy: ["Max"] });
  });

  test("whoever came by a link for a new password writes nothing about what was sent before", async () => {
    const mia = await signedIn(story.control, { name: "Mia", roles: ["approver"] });
    const lou = await signedIn(story.control, {
      name: "Lou",
      roles: ["agent"],
      managerId: mia.actor.personId,
    });
    const request = await submitRequest(lou, story.draft());
    await say(mia, request);
    await makeNewLink(story.ada, { personId: mia.actor.personId });
    await expect(say(mia, request)).rejects.toEqual(refused("seat-ended"));
    await expect(ask(mia, request)).rejects.toEqual(refused("seat-ended"));
  });
});

describe("what is said", () => {
  test("is text whatever it holds, of 1 to 2,000 characters, and none that cannot be seen", async () => {
    const parse = (words: string) => commentSchema.safeParse({ requestId: crypto.randomUUID(), words });
    for (const words of ["", "  \n ", "x".repeat(2001), "a\0b", "pay\u202egnp.exe"])
      expect(parse(words).success, JSON.stringify(words)).toBe(false);
    const hostile = `<script>alert(1)</script> =HYPERLINK("x") '; DROP TABLE comments; -- {{7*7}} \u{1f600}`;
    expect(parse(hostile)).toMatchObject({ success: true, data: { words: hostile } });
    const request = await waiting();
    await say(story.ana, request, hostile);
    expect(await said(story.max, request)).toEqual([`Ana comment: ${hostile}`]);
  });

  test("is no more than sixty things an hour of one person, on all requests together", async () => {
    const [one, other] = [await waiting(), await waiting()];
    for (let count = 0; count < 60; count++) await say(story.ana, count % 2 ? one : other, `${count}`);
    await expect(say(story.ana, one)).rejects.toEqual(refused("comments-spent"));
    await ask(story.max, one);
    expect(await codesOf(story, one.id)).toHaveLength(32);
  }, 60_000);

  test("is no more than a hundred things about one request, and an answer beside each question", async () => {
    const request = await waiting();
    await story.control.owner`
      INSERT INTO comments (request_id, requester_id, author_id, kind, words, salt, said_at)
      SELECT id, requester_id, requester_id, 'comment', 'x', sha256('x'), clock_timestamp()
      FROM requests, generate_series(1, 99) WHERE id = ${request.id}`;
    await ask(story.max, request);
    await expect(say(story.ana, request)).rejects.toEqual(refused("thread-full"));
    const { entries } = await readThread(story.ana, request.id);
    const question = entries.find(({ kind }) => kind === "question")!;
    await answerQuestion(story.ana, { questionId: question.id, words: "Yes." });
  });

  test("is not shown when it was changed behind the log's back, or put in without it", async () => {
    const request = await waiting();
    await say(story.ana, request);
    const { owner } = story.control;
    await owner`UPDATE comments SET words = 'Max agreed.' WHERE request_id = ${request.id}`;
    await owner`INSERT INTO comments (request_id, requester_id, author_id, kind, words, salt, said_at)
      SELECT id, requester_id, ${story.max.actor.personId}, 'comment', 'Fine with me.', sha256('x'), clock_timestamp()
      FROM requests WHERE id = ${request.id}`;
    expect(await said(story.max, request)).toEqual(["Ana comment: null", "Max comment: null"]);
  });

  test("makes the open pages of the other side ask again, before a decision and after it", async () => {
    const request = await waiting();
    const marks = async () => Promise.all([story.ana, story.max].map(readMark));
    const [ana, max] = await marks();
    await ask(story.max, request);
    const [anaAsked, maxAsked] = await marks();
    expect(anaAsked).not.toBe(ana);
    expect(maxAsked).not.toBe(max);
    await approveRequest(story.max, { requestId: request.id, version: 1, words: null });
    const [, decided] = await marks();
    await say(story.ana, request);
    const [, spoken] = await marks();
    expect(spoken).not.toBe(decided);
    expect(await marks()).toEqual(await marks());
  });
});
