import { describe, expect, test } from "vitest";
import { answerQuestion } from "@/lib/approvals/answer-question";
import { askQuestion } from "@/lib/approvals/ask-question";
import { denyRequest } from "@/lib/approvals/deny-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { readWishes, wishesSchema } from "@/lib/mail/change-wishes";
import { openEmergency } from "@/lib/requests/open-emergency";
import { submitRequest } from "@/lib/requests/submit-request";
import { useMail, useMailServer } from "@/lib/testing/mail-turns";
import { jane, useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const { told, received, wish, mailOf, boss, agentOf } = useMail(story, post);

describe("what is never in a message, a job or the outbox:", () => {
  test("values, reasons, tickets, words of approvers, keys of records (law 6)", async () => {
    const max = await boss("Mara");
    const tess = await agentOf(max);
    const canaries = [
      "canary-question",
      "canary-answer",
      "canary-reason",
      "CANARY-77",
      "canary-words",
      "canary-emergency",
      "canary-revoked",
    ];
    const draft = story.draft({ reason: "canary-reason is long enough", ticket: "CANARY-77" });
    const one = await submitRequest(tess, draft);
    await denyRequest(max, { requestId: one.id, version: 1, words: "canary-words for her" });
    const two = await submitRequest(tess, draft);
    await openEmergency(tess, { requestId: two.id, reason: "canary-emergency, which is long enough" });
    const three = await submitRequest(tess, draft);
    await askQuestion(max, { requestId: three.id, words: "canary-question of somebody" });
    const [question] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM comments WHERE request_id = ${three.id}`;
    await answerQuestion(tess, { questionId: question!.id, words: "canary-answer of hers" });
    const [grant] = await story.control.owner<
      { id: string }[]
    >`SELECT id FROM grants WHERE request_id = ${two.id}`;
    await revokeGrant(max, { grantId: grant!.id, words: "canary-revoked" });
    const got = await received();
    expect(got.length).toBeGreaterThanOrEqual(3);
    const all = [
      ...got.flatMap(({ raw, text, headers }) => [raw, text, ...headers.values()]),
      JSON.stringify(await story.control.owner`SELECT * FROM glimpse_jobs.mail`),
      JSON.stringify(await story.control.owner`SELECT * FROM glimpse_jobs.job`),
    ].join("\n");
    for (const canary of [...canaries, ...Object.values(jane), "Her parcel"])
      expect(all).not.toContain(canary);
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
    await submitRequest(tess, story.draft());
    const got = await received();
    expect(got).toHaveLength(1);
    expect(got[0]?.to).toEqual([await mailOf(max)]);
    expect(got[0]?.headers.has("bcc")).toBe(false);
    expect(got[0]?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(got[0]?.text).toContain("Eve Bcc: everybody@example.test Hello asks for fields of customers");
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
