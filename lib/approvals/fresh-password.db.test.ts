import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import type { Context } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/hash-password";
import { provePassword } from "@/lib/auth/prove-password";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { previewRequest } from "@/lib/requests/preview-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { activePolicy } from "@/lib/testing/active-policy";
import { signedIn } from "@/lib/testing/control";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const password = "a long enough phrase";
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };

/** Ages what the password of a session counts for, by the clock of the database. */
async function aged({ sessionId }: Context, minutes = 11): Promise<void> {
  await story.control.owner`UPDATE sessions
    SET proved_at = clock_timestamp() - make_interval(mins => ${minutes}) WHERE id = ${sessionId}`;
}

async function givePassword({ actor }: Context): Promise<void> {
  const hash = await hashPassword(password);
  await story.control.owner`UPDATE people SET password_hash = ${hash} WHERE id = ${actor.personId}`;
}

beforeEach(async () => {
  await activePolicy(story, [{ name: "fresh", outcome: manager, stepUp: true }]);
  for (const who of [story.ana, story.max]) {
    await givePassword(who);
    await aged(who, 0);
  }
});

describe("where a rule asks for a fresh password", () => {
  test("nobody sends with an old one, and the sheet says what to do", async () => {
    await aged(story.ana);
    await expect(submitRequest(story.ana, story.draft())).rejects.toEqual(refused("step-up-needed"));
    expect((await previewRequest(story.ana, story.draft())).route.asksPassword).toBe(true);
    await provePassword(story.ana, { password });
    expect((await previewRequest(story.ana, story.draft())).route.asksPassword).toBe(false);
    await submitRequest(story.ana, story.draft());
  });

  test("nobody approves with an old one; a denial needs none", async () => {
    const [one, other] = [
      await submitRequest(story.ana, story.draft()),
      await submitRequest(story.ana, story.draft()),
    ];
    await aged(story.max);
    const vote = { requestId: one.id, version: 1, words: null };
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("step-up-needed"));
    expect((await readInboxRequest(story.max, one.number)).asksPassword).toBe(true);
    await denyRequest(story.max, { requestId: other.id, version: 1, words: "Not today." });
    await provePassword(story.max, { password });
    expect((await readInboxRequest(story.max, one.number)).asksPassword).toBe(false);
    await approveRequest(story.max, vote);
  });

  test("nothing opens with an old one: neither the window nor a value in a window that is open", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
    await aged(story.ana);
    const grant = (await listLiveGrants(story.ana)).find((one) => one.state === "ready" && one.asksPassword);
    const grantId = grant!.id;
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("step-up-needed"));
    await provePassword(story.ana, { password });
    await activateGrant(story.ana, grantId);
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
    await aged(story.ana);
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("step-up-needed"));
  });

  test("what was sent under such a rule keeps asking, whatever policy counts later", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    await activePolicy(story, []);
    await aged(story.max);
    const vote = { requestId: id, version: 1, words: null };
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("step-up-needed"));
  });

  test("a password counts in the session where it was given, and for ten minutes", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    const elsewhere = await signedIn(story.control, { name: "Max", roles: ["approver"] });
    await aged(story.max);
    await story.control.owner`UPDATE sessions SET person_id = ${story.max.actor.personId}
      WHERE id = ${elsewhere.sessionId}`;
    const other: Context = { ...story.max, sessionId: elsewhere.sessionId };
    await provePassword(other, { password });
    const vote = { requestId: id, version: 1, words: null };
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("step-up-needed"));
    await aged(other, 10);
    await expect(approveRequest(other, vote)).rejects.toEqual(refused("step-up-needed"));
    await aged(other, 9);
    await approveRequest(other, vote);
  });
});

test("a wrong password gives nothing, is on record, and is counted like a failed sign-in until it locks", async () => {
  const { sessionId } = story.ana;
  await aged(story.ana);
  const codes: unknown[] = [];
  for (let n = 0; n < 8; n++)
    codes.push(
      await provePassword(story.ana, { password: "another phrase" }).catch((error: unknown) => error),
    );
  expect(codes[0]).toMatchObject({ code: "bad-input", fields: { password: "This is not your password." } });
  expect(codes.at(-1)).toEqual(refused("locked-out"));
  await expect(provePassword(story.ana, { password })).rejects.toEqual(refused("locked-out"));
  const [session] = await story.control
    .owner`SELECT proved_at < clock_timestamp() - interval '10 minutes' AS old
    FROM sessions WHERE id = ${sessionId}`;
  expect(session).toEqual({ old: true });
  const rows = await story.control.owner<{ code: string }[]>`SELECT code FROM audit_events
    WHERE actor_id = ${story.ana.actor.personId} ORDER BY seq DESC LIMIT 2`;
  expect(rows.map(({ code }) => code)).toEqual(["auth.locked_out", "auth.locked_out"]);
});
