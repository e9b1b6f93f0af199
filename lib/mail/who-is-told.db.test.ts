import { describe, expect, test } from "vitest";
import { answerQuestion } from "@/lib/approvals/answer-question";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askQuestion } from "@/lib/approvals/ask-question";
import { denyRequest } from "@/lib/approvals/deny-request";
import { judgeReview } from "@/lib/approvals/judge-review";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { escalate } from "@/lib/expiry/escalate";
import { sweep } from "@/lib/expiry/sweep";
import { collectDue } from "@/lib/mail/collect-due";
import { collectMail } from "@/lib/mail/collect-mail";
import { endDelegation } from "@/lib/people/end-delegations";
import { nudgeRequest } from "@/lib/requests/nudge-request";
import { extendRequest } from "@/lib/requests/extend-request";
import { openEmergency } from "@/lib/requests/open-emergency";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { activePolicy } from "@/lib/testing/active-policy";
import { inGroup, signedIn } from "@/lib/testing/control";
import { inOrder, managerThen, quietAround, useMail, useMailServer } from "@/lib/testing/mail-turns";
import { approved, useStory } from "@/lib/testing/story";
import { standsIn } from "@/lib/testing/substitutes";

const post = useMailServer();
const story = useStory();
const { told, clock, wish, line, boss, agentOf } = useMail(story, post);
const hourMs = 3_600_000;

describe("who is told", () => {
  test("of a step that waits: those who may decide it, once, then those of the next step; never the requester", async () => {
    await activePolicy(story, managerThen(2));
    const second = await signedIn(story.control, { name: "Petra", roles: ["approver"] });
    await inGroup(story.control, "payments", second);
    await told();
    const request = await submitRequest(story.max, story.draft());
    const waits = `Request ${request.number} waits for a decision`;
    expect(await told()).toEqual([await line(story.noor, waits)]);
    await approveRequest(story.noor, { requestId: request.id, version: 1, words: null });
    expect(await told()).toEqual(inOrder([await line(story.paul, waits), await line(second, waits)]));
    await approveRequest(story.paul, { requestId: request.id, version: 2, words: null });
    expect(await told(), "Petra has been told of this step").toEqual([]);
    await approveRequest(second, { requestId: request.id, version: 3, words: null });
    expect(await told()).toEqual([await line(story.max, `Request ${request.number} was approved`)]);
  });

  test("of a question: the requester, unless it is answered already; of the answer: whoever asked, and nobody else", async () => {
    const request = await submitRequest(story.max, story.draft());
    await told();
    const asked = await askQuestion(story.noor, { requestId: request.id, words: "Which parcel is it?" });
    expect(asked.requester).toBe("Max");
    expect(await told()).toEqual([await line(story.max, `A question about request ${request.number}`)]);
    const [question] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM comments WHERE request_id = ${request.id} AND kind = 'question'`;
    await answerQuestion(story.max, { questionId: question!.id, words: "The blue one." });
    expect(await told()).toEqual([await line(story.noor, `An answer about request ${request.number}`)]);
    await askQuestion(story.noor, { requestId: request.id, words: "And the other?" });
    await collectMail(systemContext(), await clock());
    const [next] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM comments WHERE request_id = ${request.id} AND kind = 'question' ORDER BY said_at DESC LIMIT 1`;
    await answerQuestion(story.max, { questionId: next!.id, words: "Was never sent." });
    expect(await told()).toEqual([await line(story.noor, `An answer about request ${request.number}`)]);
  });

  test("of a revoked grant and of one that was not opened in time: its holder", async () => {
    const one = await approved(story);
    await told();
    await revokeGrant(story.max, { grantId: one.grantId, words: "Wrong customer." });
    expect(await told()).toEqual([await line(story.ana, `The grant of request ${one.number} was revoked`)]);
    const other = await approved(story);
    await wish(story.ana, { ended: "now" });
    await told();
    await story.control.owner`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${other.grantId}`;
    await sweep();
    expect(await told()).toEqual([await line(story.ana, `The grant of request ${other.number} has ended`)]);
  });

  test("of an emergency: everybody it skipped, also in their quiet hours, and of its review until it is judged", async () => {
    const max = await boss("Maxine");
    const tess = await agentOf(max);
    await wish(max, { ...quietAround(await clock()), review_due: "now" });
    const request = await submitRequest(tess, story.draft());
    await openEmergency(tess, {
      requestId: request.id,
      reason: "The ambulance is with her and asks who to call.",
    });
    const now = await clock();
    expect(await told(now)).toContain(
      await line(max, `Emergency: request ${request.number} was opened without a decision`),
    );
    const { owner } = story.control;
    await owner`UPDATE mail_wishes SET quiet_from = NULL, quiet_until = NULL WHERE person_id = ${max.actor.personId}`;
    await owner`UPDATE reviews SET opened_at = opened_at - interval '21 hours', due_at = due_at - interval '21 hours' WHERE request_id = ${request.id}`;
    await Promise.all([collectDue(systemContext(), now), collectDue(systemContext(), now)]);
    expect(await told(now)).toContain(await line(max, `Request ${request.number} waits to be judged`));
    await owner`UPDATE reviews SET opened_at = opened_at - interval '4 hours', due_at = due_at - interval '4 hours' WHERE request_id = ${request.id}`;
    await collectDue(systemContext(), now);
    const [review] = await owner<{ id: string }[]>`SELECT id FROM reviews WHERE request_id = ${request.id}`;
    await judgeReview(max, { reviewId: review!.id, verdict: "justified", words: "It was." });
    expect(await told(now)).toEqual([]);
  });

  test("of a reminder: those who may decide; of a step that waits too long: whom its rule names, while it waits", async () => {
    const tell = [{ kind: "managers-manager" }, { kind: "policy-admins" }];
    const escalation = { afterMinutes: 60, tell, mayDecide: false };
    const step = { anyOf: [{ who: { kind: "manager" }, count: 1 }], escalate: escalation };
    await activePolicy(story, [{ outcome: { kind: "review", steps: [step] } }]);
    const { id, number } = await submitRequest(story.ana, story.draft());
    await told();
    const passed = (minutes: number) => story.control.owner`
      UPDATE requests SET created_at = created_at - make_interval(mins => ${minutes}),
        expires_at = expires_at - make_interval(mins => ${minutes}),
        escalate_at = escalate_at - make_interval(mins => ${minutes}) WHERE id = ${id}`;
    await passed(45);
    await nudgeRequest(story.ana, { requestId: id });
    expect(await told()).toEqual([await line(story.max, `Request ${number} still waits for a decision`)]);
    await passed(20);
    await escalate();
    const late = `Request ${number} has waited too long`;
    expect(await told()).toEqual(inOrder([await line(story.noor, late), await line(story.pia, late)]));
  });

  test("of no end where more time follows by itself", async () => {
    const first = await approved(story, { viewSeconds: 1800 });
    await activateGrant(story.ana, first.grantId);
    const more = await extendRequest(story.ana, {
      requestId: first.id,
      reason: "The parcel is lost after all.",
      viewSeconds: 300,
    });
    await told();
    const now = new Date((await clock()).getTime() + 26 * 60_000);
    await collectDue(systemContext(), now);
    await approveRequest(story.max, { requestId: more.id, version: 1, words: null });
    expect(await told(now)).toEqual([await line(story.ana, `Request ${more.number} was approved`)]);
  });

  test("of a grant that is about to lapse or to end: its holder, once, and not when it was opened or given back before", async () => {
    const { owner } = story.control;
    const one = await approved(story);
    const other = await approved(story, { viewSeconds: 1800 });
    await activateGrant(story.ana, other.grantId);
    await told();
    await owner`UPDATE grants SET created_at = created_at - interval '200 minutes', activate_by = activate_by - interval '200 minutes' WHERE id = ${one.grantId}`;
    const now = new Date((await clock()).getTime() + 26 * 60_000);
    await collectDue(systemContext(), now);
    await collectDue(systemContext(), now);
    await activateGrant(story.ana, one.grantId);
    expect(await told(now)).toEqual([
      await line(story.ana, `The grant of request ${other.number} is about to end`),
    ]);
  });
});

describe("what was planned is looked at again when it is sent:", () => {
  test("a request that was decided meanwhile asks nobody", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await collectMail(systemContext(), await clock());
    await denyRequest(story.max, { requestId: request.id, version: 1, words: "Not without a ticket." });
    expect(await told()).toEqual([await line(story.ana, `Request ${request.number} was denied`)]);
    const states = await story.control.owner`
      SELECT state FROM glimpse_jobs.mail WHERE kind = 'decision_wanted'`;
    expect(states).toEqual([{ state: "dropped" }]);
  });

  test("who was disabled, lost the role or does not want it any more gets nothing", async () => {
    const { owner } = story.control;
    const out = [
      (who: Context) =>
        owner`UPDATE people SET state = 'disabled', disabled_at = now() WHERE id = ${who.actor.personId}`,
      (who: Context) =>
        owner`DELETE FROM person_roles WHERE person_id = ${who.actor.personId} AND role = 'agent'`,
      (who: Context) => wish(who, { decided: "never" }),
    ];
    for (const leave of out) {
      const tess = await agentOf(story.max);
      const request = await submitRequest(tess, story.draft());
      await denyRequest(story.max, { requestId: request.id, version: 1, words: "Not without a ticket." });
      await collectMail(systemContext(), await clock());
      await leave(tess);
      expect((await told()).filter((one) => one.includes("denied"))).toEqual([]);
    }
    const lost = await boss("Lo");
    const tess = await agentOf(lost);
    await submitRequest(tess, story.draft());
    await collectMail(systemContext(), await clock());
    await owner`DELETE FROM person_roles WHERE person_id = ${lost.actor.personId} AND role = 'approver'`;
    expect((await told()).filter((one) => one.startsWith("lo-"))).toEqual([]);
  });
});

describe("who may not read the request any more gets nothing about it:", () => {
  test("who was told that it waits too long and decides nothing now", async () => {
    const tell = [{ kind: "managers-manager" }];
    const escalate60 = { afterMinutes: 60, tell, mayDecide: true };
    const step = { anyOf: [{ who: { kind: "manager" }, count: 1 }], escalate: escalate60 };
    await activePolicy(story, [{ outcome: { kind: "review", steps: [step] } }]);
    const top = await boss("Tora");
    const lead = await boss("Lea");
    const { owner } = story.control;
    await owner`UPDATE people SET manager_id = ${top.actor.personId} WHERE id = ${lead.actor.personId}`;
    const { id } = await submitRequest(await agentOf(lead), story.draft());
    await told();
    await owner`UPDATE requests SET created_at = created_at - interval '1 hour',
      expires_at = expires_at - interval '1 hour', escalate_at = clock_timestamp() WHERE id = ${id}`;
    await escalate();
    await collectMail(systemContext(), await clock());
    await owner`DELETE FROM person_roles WHERE person_id = ${top.actor.personId} AND role = 'approver'`;
    expect(await told()).toEqual([]);
  });

  test("who asked in place of somebody for whom they stand in no more", async () => {
    const [away, substitute] = [await boss("Awa"), await boss("Subi")];
    const delegationId = await standsIn(story, substitute, away);
    const tess = await agentOf(away);
    const request = await submitRequest(tess, story.draft());
    await askQuestion(substitute, { requestId: request.id, words: "Which parcel is it?" });
    await told();
    await endDelegation(away, { delegationId });
    const [question] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM comments WHERE request_id = ${request.id}`;
    await answerQuestion(tess, { questionId: question!.id, words: "The blue one." });
    expect((await told()).filter((one) => one.startsWith("subi"))).toEqual([]);
  });
});

describe("when", () => {
  test("somebody has quiet hours, they are told afterwards, in one message, but of a revocation at once", async () => {
    const tess = await agentOf(story.max);
    const now = await clock();
    await wish(tess, quietAround(now));
    const grant = await submitRequest(tess, story.draft());
    await approveRequest(story.max, { requestId: grant.id, version: 1, words: null });
    const request = await submitRequest(tess, story.draft());
    await denyRequest(story.max, { requestId: request.id, version: 1, words: "Not without a ticket." });
    const mine = (all: string[]) => all.filter((one) => one.startsWith("tess"));
    expect(mine(await told(now))).toEqual([]);
    const [row] = await story.control.owner<
      { id: string }[]
    >`SELECT id FROM grants WHERE request_id = ${grant.id}`;
    await revokeGrant(story.max, { grantId: row!.id, words: "Wrong customer." });
    expect(mine(await told(now))).toEqual([
      await line(tess, `The grant of request ${grant.number} was revoked`),
    ]);
    expect(mine(await told(new Date(now.getTime() + 4 * hourMs)))).toEqual([await line(tess, "2 notices")]);
  });

  test("a message was put off into quiet hours, it waits for their end", async () => {
    const tess = await agentOf(story.max);
    const request = await submitRequest(tess, story.draft());
    await denyRequest(story.max, { requestId: request.id, version: 1, words: "Not without a ticket." });
    const now = await clock();
    post.manner = "later";
    await told(now);
    post.manner = "takes";
    await wish(tess, quietAround(now));
    const mine = (all: string[]) => all.filter((one) => one.startsWith("tess"));
    expect(mine(await told(new Date(now.getTime() + hourMs / 4)))).toEqual([]);
    expect(mine(await told(new Date(now.getTime() + 4 * hourMs)))).toHaveLength(1);
  });

  test("somebody wants a digest, they get one at their hour, in their time zone", async () => {
    const tess = await agentOf(story.max);
    const now = await clock();
    const zone = "Asia/Kolkata";
    const local = new Date(now.getTime() + 5.5 * hourMs).getUTCHours();
    await story.control.owner`UPDATE people SET time_zone = ${zone} WHERE id = ${tess.actor.personId}`;
    await wish(tess, { decided: "digest", digestHour: String((local + 3) % 24) });
    for (let at = 0; at < 2; at++) {
      const { id } = await submitRequest(tess, story.draft());
      await denyRequest(story.max, { requestId: id, version: 1, words: "Not without a ticket." });
    }
    const mine = (all: string[]) => all.filter((one) => one.startsWith("tess"));
    expect(mine(await told(now))).toEqual([]);
    expect(mine(await told(new Date(now.getTime() + 1.9 * hourMs)))).toEqual([]);
    expect(mine(await told(new Date(now.getTime() + 3.1 * hourMs)))).toEqual([await line(tess, "2 notices")]);
  });
});
