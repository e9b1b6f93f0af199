import { eq } from "drizzle-orm";
import postgres from "postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { endOwnSession, signOut } from "@/lib/auth/end-session";
import type { Context } from "@/lib/auth/context";
import { grants, requests } from "@/lib/db/schema/requests";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { decidedHash } from "@/lib/requests/content";
import { submitRequest } from "@/lib/requests/submit-request";
import { openEmergency } from "@/lib/requests/open-emergency";
import { readRequest } from "@/lib/requests/read-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { readLive } from "@/lib/reveals/read-live";
import { recordCopy } from "@/lib/reveals/record-copy";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { activePolicy } from "@/lib/testing/active-policy";
import { untilSomebodyWaits } from "@/lib/testing/control";
import { approved, codesOf, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const reviewed = (more: object = {}) =>
  activePolicy(story, [
    { outcome: { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] }, ...more },
  ]);
/** A clock on Ana's wall, so many minutes from now. */
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);
const grantRow = async (grantId: string) =>
  (await story.control.owner`SELECT * FROM grants WHERE id = ${grantId}`)[0]!;
/** The clock of one grant goes on by so much. */
const timePasses = (grantId: string, seconds: number) =>
  story.control.owner.begin(async (tx) => {
    await tx`ALTER TABLE grants DISABLE TRIGGER grant_opens_once`;
    const by = tx`make_interval(secs => ${seconds})`;
    await tx`UPDATE grants SET not_before = not_before - ${by}, activate_by = activate_by - ${by},
      activated_at = activated_at - ${by}, ends_at = ends_at - ${by} WHERE id = ${grantId}`;
    await tx`ALTER TABLE grants ENABLE TRIGGER grant_opens_once`;
  });
/** As if its start had been decided as it stands. */
async function decidedSo(grantId: string): Promise<void> {
  const [found] = await story.ana.db
    .select({ grant: grants, contentHash: requests.contentHash })
    .from(grants)
    .innerJoin(requests, eq(requests.id, grants.requestId))
    .where(eq(grants.id, grantId));
  const hash = decidedHash({ ...found!.grant, contentHash: found!.contentHash });
  await story.control.owner`UPDATE grants SET decided_hash = ${hash} WHERE id = ${grantId}`;
}
const anotherSession = async (who: Context, hours = 1): Promise<Context> => {
  const [row] = await story.control.owner<{ id: string }[]>`
    INSERT INTO sessions (person_id, expires_at)
    VALUES (${who.actor.personId}, clock_timestamp() + make_interval(secs => ${hours * 3600})) RETURNING id`;
  return { ...who, sessionId: row!.id };
};

beforeEach(() => reviewed());

describe("a start that was named", () => {
  test("opens nothing before it, by the clock of the database, and its time to open runs from then", async () => {
    const { grantId, number } = await approved(story, { notBefore: inMinutes(90) });
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("grant-not-yet"));
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-not-yet"));
    const [row] = await story.control.owner<{ within: number; wait: number }[]>`
      SELECT extract(epoch FROM activate_by - not_before)::int AS within,
        extract(epoch FROM not_before - clock_timestamp())::int AS wait FROM grants WHERE id = ${grantId}`;
    expect(row!.within).toBe(4 * 3600);
    expect(row!.wait).toBeGreaterThan(88 * 60);
    const { view } = await readRequest(story.ana, number);
    expect(view.grant).toMatchObject({ state: "ready" });
    expect(view.grant!.startsInMs).toBeGreaterThan(88 * 60_000);
    expect(view.brief.notBefore).toMatch(/^\w{3}, \d+ \w+ \d{4}, \d\d:\d\d /);
    const [live] = (await listLiveGrants(story.ana)).filter(({ id }) => id === grantId);
    expect(live!.startsInMs).toBeGreaterThan(88 * 60_000);
  });

  test("holds against whoever writes the state of the grant around Glimpse", async () => {
    const { grantId } = await approved(story, { notBefore: inMinutes(90) });
    const activation = story.control.owner`UPDATE grants SET state = 'active', activated_at = now(),
      ends_at = now() + interval '5 minutes' WHERE id = ${grantId}`;
    await expect(activation).rejects.toMatchObject({ constraint_name: "starts_when_it_may" });
    // With an earlier start it is not what was decided any more.
    await timePasses(grantId, 91 * 60);
    await activateGrant(story.ana, grantId);
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-altered"));
  });

  test("opens from that moment on", async () => {
    const { grantId } = await approved(story, { notBefore: inMinutes(90) });
    await timePasses(grantId, 91 * 60);
    await decidedSo(grantId);
    await activateGrant(story.ana, grantId);
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
  });

  test.each([
    ["over", -5, "This moment is over"],
    ["too far ahead", 8 * 24 * 60, "At most 7 days ahead"],
  ])("is refused when it is %s", async (_, minutes, words) => {
    await expect(
      submitRequest(story.ana, story.draft({ notBefore: inMinutes(minutes) })),
    ).rejects.toMatchObject({
      code: "bad-input",
      fields: { notBefore: expect.stringContaining(words) },
    });
  });

  test("is judged by the hour at which it can be opened, not that in which it was sent", async () => {
    const hour = new Date(Date.now() + 120 * 60_000).getUTCHours();
    await activePolicy(story, [
      { when: `time.hour == ${hour}`, outcome: { kind: "deny", words: "Not at that hour." } },
    ]);
    const now = await submitRequest(story.ana, story.draft());
    const then = await submitRequest(story.ana, story.draft({ notBefore: inMinutes(120) }));
    expect([now.words, then.words]).toEqual([expect.stringContaining("Max"), "Not at that hour."]);
  });

  test("does not keep an emergency waiting", async () => {
    await reviewed({ breakGlass: true });
    const sent = await submitRequest(story.ana, story.draft({ notBefore: inMinutes(90) }));
    await openEmergency(story.ana, {
      requestId: sent.id,
      reason: "The ambulance is with her at this moment.",
    });
    const [grant] = await story.control.owner<
      { id: string }[]
    >`SELECT id FROM grants WHERE request_id = ${sent.id}`;
    expect((await revealFields(story.ana, { grantId: grant!.id })).values).toHaveLength(1);
  });
});

describe("a limit of views", () => {
  test("is the tighter of the wish and the rule, and counts down to a refusal", async () => {
    await reviewed({ caps: { views: 3 } });
    const { grantId, number } = await approved(story, { maxViews: 2 });
    expect(await grantRow(grantId)).toMatchObject({ max_views: 2 });
    await activateGrant(story.ana, grantId);
    expect(await revealFields(story.ana, { grantId })).toMatchObject({ viewsLeft: 1 });
    expect((await readRequest(story.ana, number)).view.grant!.views).toEqual({ of: 2, left: 1 });
    expect(await revealFields(story.ana, { grantId })).toMatchObject({ viewsLeft: 0 });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("views-spent"));
    const wide = await approved(story, { maxViews: 50 });
    expect(await grantRow(wide.grantId)).toMatchObject({ max_views: 3 });
  });

  test("is never passed by twenty reveals at once", async () => {
    const { id, grantId } = await approved(story, { maxViews: 3 });
    await activateGrant(story.ana, grantId);
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => revealFields(story.ana, { grantId })),
    );
    const left = all.flatMap((one) => (one.status === "fulfilled" ? [one.value.viewsLeft] : []));
    expect(left.toSorted((one, other) => Number(one) - Number(other))).toEqual([0, 1, 2]);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toEqual(refused("views-spent"));
    expect((await codesOf(story, id)).filter((code) => code === "reveal.opened")).toHaveLength(3);
  });
});

describe("what ends with the session", () => {
  test("opens nothing in another session of the same person", async () => {
    const { grantId } = await approved(story, { withSession: true });
    const [here, there] = [await anotherSession(story.ana), await anotherSession(story.ana)];
    await activateGrant(here, grantId);
    expect((await revealFields(here, { grantId })).values).toHaveLength(1);
    await expect(revealFields(there, { grantId })).rejects.toEqual(refused("grant-of-another-session"));
    await expect(activateGrant(there, grantId)).rejects.toEqual(refused("grant-of-another-session"));
    const cell = { grantId, record: record(1), columnId: story.column("email") };
    await expect(recordCopy(there, cell)).rejects.toEqual(refused("grant-of-another-session"));
    const ids = async (ctx: Context) => (await listLiveGrants(ctx)).map((grant) => grant.id);
    expect(await ids(here)).toContain(grantId);
    expect(await ids(there)).not.toContain(grantId);
  });

  test.each<[string, (here: Context, there: Context) => Promise<void>]>([
    ["it is signed out of", (here) => signOut(here)],
    ["it is ended from another", (here, there) => endOwnSession(there, { sessionId: here.sessionId! })],
  ])("ends for every tab when %s, on record", async (_, end) => {
    const { id, grantId } = await approved(story, { withSession: true });
    const [here, there] = [await anotherSession(story.ana), await anotherSession(story.ana)];
    await activateGrant(here, grantId);
    await end(here, there);
    expect(await grantRow(grantId)).toMatchObject({ state: "ended", closed_why: "session-ended" });
    await expect(revealFields(there, { grantId })).rejects.toEqual(refused("grant-ended"));
    await expect(revealFields(here, { grantId })).rejects.toEqual(refused("not-permitted"));
    const pulse = (await readLive(there)).grants.find((grant) => grant.id === grantId);
    expect(pulse).toMatchObject({ state: "ended", msLeft: 0 });
    expect((await codesOf(story, id)).at(-1)).toBe("grant.ended");
  });

  test("lasts no longer than the session does by its clock", async () => {
    const { grantId } = await approved(story, { withSession: true, viewSeconds: 1800 });
    const here = await anotherSession(story.ana, 0.1);
    const { msLeft } = await activateGrant(here, grantId);
    expect(msLeft).toBeLessThanOrEqual(360_000);
    expect(msLeft).toBeGreaterThan(350_000);
  });

  test("and a sign-out at the same moment leave nothing that opens", async () => {
    for (let round = 0; round < 5; round++) {
      const { grantId } = await approved(story, { withSession: true });
      const here = await anotherSession(story.ana);
      const [opened] = await Promise.allSettled([activateGrant(here, grantId), signOut(here)]);
      const { state } = await grantRow(grantId);
      expect(state).toBe(opened.status === "fulfilled" ? "ended" : "ready");
    }
  });

  test("and its holder disabled at the same moment: neither waits for the other forever", async () => {
    const { grantId } = await approved(story, { withSession: true });
    const here = await anotherSession(story.ana);
    await activateGrant(here, grantId);
    const admin = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await tx`SELECT FROM people WHERE id = ${here.actor.personId} FOR NO KEY UPDATE`;
      await tx`SELECT FROM grants WHERE id = ${grantId} FOR UPDATE`;
      waiting = signOut(here).then(
        () => "done",
        (error: unknown) => error,
      );
      await untilSomebodyWaits(story.control);
      await tx`SELECT FROM sessions WHERE id = ${here.sessionId} FOR UPDATE`;
    });
    expect(await waiting).toBe("done");
    await admin.end();
  });

  test("is nothing to those that do not ask for it: theirs goes on in another session", async () => {
    const { grantId } = await approved(story);
    const here = await anotherSession(story.ana);
    await activateGrant(here, grantId);
    await signOut(here);
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
  });
});
