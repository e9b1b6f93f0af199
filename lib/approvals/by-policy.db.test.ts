import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { readInboxPulse, listInbox } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { readRequest } from "@/lib/requests/read-request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { inGroup, signedIn } from "@/lib/testing/control";
import { activePolicy } from "@/lib/testing/active-policy";
import { codesOf, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = (request: Submitted, version = 1) => ({ requestId: request.id, version, words: null });
const inboxOf = async (who: Context) => (await listInbox(who, {})).lines.map((line) => line.number);
const grantsOf = async ({ id }: Submitted) =>
  (await story.control.owner`SELECT * FROM grants WHERE request_id = ${id}`) as unknown as Record<
    string,
    unknown
  >[];
const setGroup = async (slug: string, who: Context, member: boolean) => {
  if (member) return inGroup(story.control, slug, who);
  await story.control.owner`DELETE FROM group_members WHERE person_id = ${who.actor.personId}`;
};

describe("what a policy decides by itself", () => {
  test("contact fields for support with a ticket open at once, for ten minutes, in one transaction", async () => {
    const tess = await signedIn(story.control, {
      name: "Tess",
      roles: ["agent"],
      managerId: story.max.actor.personId,
    });
    await setGroup("support", tess, true);
    const request = await submitRequest(tess, story.draft({ viewSeconds: 1800 }));
    expect(request.words).toBe(
      "At most 10 minutes: the policy gives no more. Granted at once, for 10 minutes.",
    );
    expect(await grantsOf(request)).toMatchObject([{ view_seconds: 600, state: "ready" }]);
    expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.granted_by_policy"]);
    const { view } = await readRequest(tess, request.number);
    expect(view).toMatchObject({
      state: "approved",
      decision: { by: "The rule “Contact fields for support”" },
    });
    expect((await readInboxPulse(story.max)).count).toBe((await inboxOf(story.max)).length);
    const without = await submitRequest(tess, story.draft({ ticket: null }));
    expect(await grantsOf(without)).toEqual([]);
  });

  test("leaves nothing behind when its event cannot be written", async () => {
    const tess = await signedIn(story.control, {
      name: "Tess",
      roles: ["agent"],
      managerId: story.max.actor.personId,
    });
    await setGroup("support", tess, true);
    const { owner } = story.control;
    await owner`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$`;
    await owner`CREATE TRIGGER full_disk BEFORE INSERT ON audit_events EXECUTE FUNCTION full_disk()`;
    await expect(submitRequest(tess, story.draft())).rejects.toMatchObject({ code: "53100" });
    await owner`DROP TRIGGER full_disk ON audit_events`;
    const [left] =
      await owner`SELECT count(*)::int AS n FROM requests WHERE requester_id = ${tess.actor.personId}`;
    expect(left?.["n"]).toBe(0);
  });
});

describe("under a policy of one's own", () => {
  beforeAll(async () => {
    await activePolicy(story, [
      {
        name: "no phones",
        when: `"phone" in fields.classes`,
        outcome: { kind: "deny", words: "Nobody calls customers." },
      },
      {
        name: "tickets",
        when: `request.records > 1`,
        outcome: { kind: "auto" },
        ticketNeeded: true,
        caps: { views: 2 },
      },
      {
        name: "two or one",
        when: "true",
        outcome: {
          kind: "review",
          steps: [
            {
              anyOf: [
                { who: { kind: "group", group: "payments" }, count: 2 },
                { who: { kind: "group", group: "privacy" }, count: 1 },
              ],
            },
          ],
        },
      },
    ]);
  });

  test("a denial says the words of its rule, and nobody is asked", async () => {
    const phone = { fields: [{ columnId: story.column("phone"), level: "full" as const }] };
    const request = await submitRequest(story.ana, story.draft(phone));
    expect(request.words).toBe("Nobody calls customers.");
    expect((await readRequest(story.ana, request.number)).view).toMatchObject({
      state: "denied",
      decision: { verdict: "deny", words: "Nobody calls customers." },
    });
    expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.denied_by_policy"]);
  });

  test("what a rule demands is refused before it is sent", async () => {
    const two = { records: [record(1), record(2)] };
    await expect(submitRequest(story.ana, story.draft({ ...two, ticket: null }))).rejects.toEqual(
      refused("ticket-needed"),
    );
    expect(await grantsOf(await submitRequest(story.ana, story.draft(two)))).toMatchObject([
      { max_views: 2 },
    ]);
  });

  test("a grant is viewed as often as its rule allows, and not once more", async () => {
    const request = await submitRequest(story.ana, story.draft({ records: [record(1), record(2)] }));
    const [grant] = await grantsOf(request);
    const grantId = String(grant?.["id"]);
    await activateGrant(story.ana, grantId);
    await revealFields(story.ana, { grantId });
    await revealFields(story.ana, { grantId });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("views-spent"));
  });

  test("two of Payments or one of Privacy: one of Payments is not enough, one of Privacy is", async () => {
    const rosa = await signedIn(story.control, { name: "Rosa", roles: ["approver"] });
    await setGroup("payments", rosa, true);
    const request = await submitRequest(story.ana, story.draft());
    expect(await approveRequest(story.paul, seen(request))).toMatchObject({ more: true });
    expect((await readInboxPulse(story.paul)).count).toBe((await inboxOf(story.paul)).length);
    expect(await inboxOf(story.paul)).not.toContain(request.number);
    await expect(approveRequest(story.paul, seen(request, 2))).rejects.toEqual(refused("already-voted"));
    expect(await approveRequest(rosa, seen(request, 2))).toMatchObject({ more: false });
    const other = await submitRequest(story.ana, story.draft());
    expect(await approveRequest(story.vera, seen(other))).toMatchObject({ more: false });
  });

  test("of two of Payments, the vote of one who left the group counts no more", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await approveRequest(story.paul, seen(request));
    await setGroup("payments", story.paul, false);
    const rosa = await signedIn(story.control, { name: "Rosa", roles: ["approver"] });
    await setGroup("payments", rosa, true);
    expect(await approveRequest(rosa, seen(request, 2))).toMatchObject({ more: true });
    expect(await grantsOf(request)).toEqual([]);
  });
});
