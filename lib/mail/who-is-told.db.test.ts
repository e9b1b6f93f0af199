import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { judgeReview } from "@/lib/approvals/judge-review";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { systemContext } from "@/lib/auth/system-context";
import type { Context } from "@/lib/auth/context";
import { sweep } from "@/lib/expiry/sweep";
import { changeWishes, readWishes, wishesSchema } from "@/lib/mail/change-wishes";
import { collectDue } from "@/lib/mail/collect-due";
import { collectMail } from "@/lib/mail/collect-mail";
import { readClock } from "@/lib/mail/read-people";
import { sendMail } from "@/lib/mail/send-mail";
import { openEmergency } from "@/lib/requests/open-emergency";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { activePolicy } from "@/lib/testing/active-policy";
import { inGroup, signedIn } from "@/lib/testing/control";
import { useMailServer } from "@/lib/testing/mail-server";
import { approved, jane, useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const hourMs = 3_600_000;

const clock = () => readClock(systemContext());
/** What was received of all that has happened by this moment, as "to: subject". */
async function told(now?: Date): Promise<string[]> {
  const at = now ?? (await clock());
  await collectMail(systemContext(), at);
  await sendMail(systemContext(), { msAtMost: 20_000, stopping: new AbortController().signal, now: at });
  return taken();
}
function taken(): string[] {
  return post.received
    .splice(0)
    .map(({ to, headers }) => `${to.join()}: ${headers.get("subject")}`)
    .toSorted();
}
const wish = (who: Context, change: Record<string, string>, version = 0) =>
  changeWishes(
    who,
    wishesSchema.parse({ digestHour: "8", quietFrom: "", quietUntil: "", version: String(version), ...change }),
  );
const mailOf = async (who: Context) => {
  const [row] = await story.control.owner<{ email: string }[]>`
    SELECT email FROM people WHERE id = ${who.actor.personId}`;
  return row!.email;
};
const line = async (who: Context, subject: string) => `${await mailOf(who)}: Glimpse: ${subject}`;
const boss = (name: string) => signedIn(story.control, { name, roles: ["agent", "approver"] });
const agentOf = (manager: Context, name = "Tess") =>
  signedIn(story.control, { name, roles: ["agent"], managerId: manager.actor.personId });
const steps = (...counts: number[]) => [
  {
    name: "reviewed",
    when: "true",
    outcome: {
      kind: "review",
      steps: [
        { anyOf: [{ who: { kind: "manager" }, count: 1 }] },
        ...counts.map((count) => ({ anyOf: [{ who: { kind: "group", group: "payments" }, count }] })),
      ],
    },
    breakGlass: true,
  },
];

beforeEach(async () => {
  await activePolicy(story, steps());
  await collectMail(systemContext(), await clock());
  await story.control.owner`DELETE FROM glimpse_jobs.mail`;
  post.received.length = 0;
});

describe("who is told", () => {
  test("of a step that waits: those who may decide it, once, then those of the next step; never the requester", async () => {
    await activePolicy(story, steps(2));
    const second = await signedIn(story.control, { name: "Petra", roles: ["approver"] });
    await inGroup(story.control, "payments", second);
    await told();
    const request = await submitRequest(story.max, story.draft());
    const waits = `Request ${request.number} waits for a decision`;
    expect(await told()).toEqual([await line(story.noor, waits)]);
    await approveRequest(story.noor, { requestId: request.id, version: 1, words: null });
    expect(await told()).toEqual([await line(story.paul, waits), await line(second, waits)].toSorted());
    await approveRequest(story.paul, { requestId: request.id, version: 2, words: null });
    expect(await told(), "Petra has been told of this step").toEqual([]);
    await approveRequest(second, { requestId: request.id, version: 3, words: null });
    expect(await told()).toEqual([await line(story.max, `Request ${request.number} was approved`)]);
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
    await openEmergency(tess, { requestId: request.id, reason: "The ambulance is with her and asks who to call." });
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
      (who: Context) => owner`UPDATE people SET state = 'disabled', disabled_at = now() WHERE id = ${who.actor.personId}`,
      (who: Context) => owner`DELETE FROM person_roles WHERE person_id = ${who.actor.personId} AND role = 'agent'`,
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
    const [row] = await story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${grant.id}`;
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

describe("what is never in a message, a job or the outbox:", () => {
  test("values, reasons, tickets, words of approvers, keys of records (law 6)", async () => {
    const max = await boss("Mara");
    const tess = await agentOf(max);
    const canaries = ["canary-reason", "CANARY-77", "canary-words", "canary-emergency", "canary-revoked"];
    const draft = story.draft({ reason: "canary-reason is long enough", ticket: "CANARY-77" });
    const one = await submitRequest(tess, draft);
    await denyRequest(max, { requestId: one.id, version: 1, words: "canary-words for her" });
    const two = await submitRequest(tess, draft);
    await openEmergency(tess, { requestId: two.id, reason: "canary-emergency, which is long enough" });
    const [grant] = await story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${two.id}`;
    await revokeGrant(max, { grantId: grant!.id, words: "canary-revoked" });
    await collectMail(systemContext(), await clock());
    await sendMail(systemContext(), { msAtMost: 20_000, stopping: new AbortController().signal });
    expect(post.received.length).toBeGreaterThanOrEqual(3);
    const all = [
      ...post.received.flatMap(({ raw, text, headers }) => [raw, text, ...headers.values()]),
      JSON.stringify(await story.control.owner`SELECT * FROM glimpse_jobs.mail`),
      JSON.stringify(await story.control.owner`SELECT * FROM glimpse_jobs.job`),
    ].join("\n");
    for (const canary of [...canaries, ...Object.values(jane), "Her parcel"]) expect(all).not.toContain(canary);
    expect(all).not.toMatch(/\bv_[A-Za-z0-9_-]+|\bt_[A-Za-z0-9_-]{8,}/);
    expect(all).toContain("customers");
  });

  test("a header of somebody's making: names and labels stay one line, addresses that are none get nothing", async () => {
    const { owner } = story.control;
    const max = await boss("Mina");
    const tess = await agentOf(max);
    const evil = "Eve\r\nBcc: everybody@example.test\r\n\r\nHello";
    await owner`UPDATE people SET name = ${evil} WHERE id IN (${max.actor.personId}, ${tess.actor.personId})`;
    await submitRequest(tess, story.draft());
    await told();
    const received = await (async () => {
      await submitRequest(tess, story.draft());
      const at = await clock();
      await collectMail(systemContext(), at);
      await sendMail(systemContext(), { msAtMost: 20_000, stopping: new AbortController().signal, now: at });
      return post.received.splice(0);
    })();
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual([await mailOf(max)]);
    expect(received[0]?.headers.has("bcc")).toBe(false);
    expect(received[0]?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(received[0]?.text).toContain("Eve Bcc: everybody@example.test Hello asks for fields of customers");
    await owner`UPDATE people SET email = ${"max@example.test, everybody@example.test"} WHERE id = ${max.actor.personId}`;
    await submitRequest(tess, story.draft());
    expect(await told()).toEqual([]);
    const [last] = await owner`SELECT state, failure FROM glimpse_jobs.mail ORDER BY created_at DESC LIMIT 1`;
    expect(last).toEqual({ state: "failed", failure: "no-address" });
  });
});

describe("wishes", () => {
  test("are one's own, on record, and of two changes at once one counts", async () => {
    const tess = await agentOf(story.max);
    await wish(tess, { decided: "digest", digestHour: "17", quietFrom: "20", quietUntil: "7" });
    const view = await readWishes(tess);
    expect(view).toMatchObject({ digestHour: 17, quietFrom: 20, quietUntil: 7, version: 1 });
    expect(view.lines.find(({ kind }) => kind === "decided")?.chosen).toBe("digest");
    expect(view.lines.map(({ kind }) => kind)).not.toContain("decision_wanted");
    expect((await readWishes(story.ben)).version).toBe(0);
    const outcomes = await Promise.allSettled([wish(tess, {}, 1), wish(tess, {}, 1)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(wish(tess, {}, 0)).rejects.toMatchObject({ code: "changed-meanwhile" });
    const events = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE code = 'mail.wishes_changed' AND actor_id = ${tess.actor.personId} ORDER BY seq`;
    expect(events).toHaveLength(2);
    expect(JSON.parse(events[0]!.entry)).toMatchObject({ details: { decided: "digest", quiet: "20 to 7" } });
  });

  test("cannot refuse what others wait for: neither by the form nor past it", async () => {
    for (const kind of ["decision_wanted", "break_glass"]) {
      const input = { [kind]: "never", digestHour: "8", quietFrom: "", quietUntil: "", version: "0" };
      expect(wishesSchema.safeParse(input).success).toBe(false);
      await expect(
        story.control.owner`INSERT INTO mail_wishes (person_id, choices)
          VALUES (${story.vera.actor.personId}, ${`{"${kind}": "never"}`}::text::jsonb)`,
      ).rejects.toMatchObject({ constraint_name: "who_is_asked_hears_of_it" });
    }
    const half = { digestHour: "8", quietFrom: "20", quietUntil: "", version: "0" };
    expect(wishesSchema.safeParse(half).success).toBe(false);
    expect(wishesSchema.safeParse({ ...half, quietUntil: "20" }).success).toBe(false);
  });
});

/** Quiet hours from the hour before this one until the end of the third from now, in UTC. */
function quietAround(now: Date): { quietFrom: string; quietUntil: string } {
  const hour = now.getUTCHours();
  return { quietFrom: String((hour + 23) % 24), quietUntil: String((hour + 3) % 24) };
}
