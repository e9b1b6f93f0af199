import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { readInboxPulse } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { readHome } from "@/lib/home/read-home";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { makeNewLink } from "@/lib/people/invite-person";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { visitorContext } from "@/lib/auth/system-context";
import { untilSomebodyWaits } from "@/lib/testing/control";
import { approved, codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string): unknown => expect.objectContaining({ code });
const linkFor = (person: Context) => makeNewLink(story.ada, { personId: person.actor.personId });
const vote = (id: string) => ({ requestId: id, version: 1, words: null });

describe("a new-password link for somebody else", () => {
  test("ends their live grants and waiting requests at that moment, on record, and opens nothing", async () => {
    const [ready, open] = [await approved(story), await approved(story)];
    await activateGrant(story.ana, open.grantId);
    const waiting = await submitRequest(story.ana, story.draft());
    await linkFor(story.ana);
    for (const { grantId } of [ready, open]) {
      await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-revoked"));
    }
    expect((await codesOf(story, waiting.id)).at(-1)).toBe("request.withdrawn");
    const { view } = await readRequest(story.ana, waiting.number);
    expect(view.closedWords).toBe("Glimpse ended it: a link for a new password of its holder was made.");
    const [event] = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE code = 'person.link_made' ORDER BY seq DESC LIMIT 1`;
    expect(JSON.parse(event?.entry ?? "")).toMatchObject({
      actor: { name: "Ada" },
      subject: { name: "Ana" },
      details: { newPassword: true, grants: 2, requests: 1 },
    });
  });

  test("ends what was granted between its making and its use too", async () => {
    const { link } = await linkFor(story.ana);
    const meanwhile = await approved(story);
    await acceptInvitation(visitorContext(null), {
      token: new URL(link).searchParams.get("token") ?? "",
      name: "Ana",
      password: "orchard violin 19 teapot",
      timeZone: "UTC",
      userAgent: null,
    });
    expect((await codesOf(story, meanwhile.id)).at(-1)).toBe("grant.revoked");
  });

  test("ends their seats in requests that were sent before; those sent later are theirs to decide", async () => {
    const before = await submitRequest(story.ana, story.draft());
    const waiting = (await readInboxPulse(story.max)).count;
    expect(waiting).toBeGreaterThan(0);
    await linkFor(story.max);
    expect((await readInboxPulse(story.max)).count).toBe(0);
    await expect(approveRequest(story.max, vote(before.id))).rejects.toEqual(refused("seat-ended"));
    const after = await submitRequest(story.ana, story.draft());
    expect((await readInboxPulse(story.max)).count).toBe(1);
    expect(await approveRequest(story.max, vote(after.id))).toMatchObject({ number: after.number });
  });

  test("that is made while they decide comes before the decision or after it", async () => {
    const request = await submitRequest(story.ana, story.draft());
    const { owner } = story.control;
    let decision: Promise<unknown> | undefined;
    await owner.begin(async (tx) => {
      // What makeNewLink does, held open until the decision waits for it.
      await tx`SELECT FROM people WHERE id = ${story.max.actor.personId} FOR UPDATE`;
      await tx`INSERT INTO one_time_links (token_hash, purpose, person_id, reset_by_id, expires_at)
        VALUES ('\\x01', 'invite', ${story.max.actor.personId}, ${story.ada.actor.personId}, clock_timestamp())`;
      decision = approveRequest(story.max, vote(request.id)).catch((error: unknown) => error);
      await untilSomebodyWaits(story.control);
    });
    expect(await decision).toEqual(refused("seat-ended"));
  });

  test("is told to them with who made it and when, at the first page after signing in; an invitation is not", async () => {
    expect((await readHome(story.ben)).passwordReset).toBeNull();
    await linkFor(story.ben);
    const [row] = await story.control.owner<{ at: Date }[]>`
      SELECT max(created_at) AS at FROM one_time_links WHERE person_id = ${story.ben.actor.personId}`;
    expect((await readHome(story.ben)).passwordReset).toEqual({ by: "Ada", at: row!.at.toISOString() });
    await story.control.owner`UPDATE people SET state = 'invited' WHERE id = ${story.ivy.actor.personId}`;
    await linkFor(story.ivy);
    expect((await readHome(story.ivy)).passwordReset).toBeNull();
  });
});
