import { expect, test } from "vitest";
import { denyRequest } from "@/lib/approvals/deny-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { readLive, readMark } from "@/lib/reveals/read-live";
import { submitRequest } from "@/lib/requests/submit-request";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory();

test("the pulse tells how one's own grants stand, and nobody else's", async () => {
  const { grantId } = await approved(story);
  expect((await readLive(story.ana)).grants).toMatchObject([
    { id: grantId, state: "ready", msLeft: 0, tableLabel: "customers" },
  ]);
  await activateGrant(story.ana, grantId);
  const [open] = (await readLive(story.ana)).grants;
  expect(open?.state).toBe("active");
  expect(open?.msLeft).toBeGreaterThan(290_000);
  await revokeGrant(story.max, { grantId, words: "Enough." });
  expect((await readLive(story.ana)).grants).toMatchObject([{ id: grantId, state: "revoked", msLeft: 0 }]);
  expect((await readLive(story.ben)).grants).toEqual([]);
});

test("the pulse says at the first tick that a window is over, though nobody has swept", async () => {
  const { grantId } = await approved(story, { viewSeconds: 1 });
  await activateGrant(story.ana, grantId);
  await new Promise((resolve) => setTimeout(resolve, 1_005));
  const { grants } = await readLive(story.ana);
  expect(grants.find((grant) => grant.id === grantId)).toMatchObject({ state: "ended", msLeft: 0 });
  expect((await listLiveGrants(story.ana)).map((grant) => grant.id)).not.toContain(grantId);
});

test("the pulse counts what waits for one's decision", async () => {
  await submitRequest(story.ana, story.draft());
  expect((await readLive(story.max)).inboxCount).toBe(1);
  expect((await readLive(story.ana)).inboxCount).toBe(0);
});

test("who lost the role holds nothing any more", async () => {
  const { grantId } = await approved(story);
  const demoted = { ...story.ana, actor: story.ivy.actor };
  expect((await readLive(story.ana)).grants.map((grant) => grant.id)).toContain(grantId);
  expect((await readLive(demoted)).grants).toEqual([]);
});

test("the mark is another when one's requests or one's inbox are, and the same for everybody else", async () => {
  const marks = () => Promise.all([story.ana, story.max, story.ben].map(readMark));
  const before = await marks();
  expect(await marks()).toEqual(before);
  expect((await readLive(story.ana)).mark).toBe(before[0]);
  const { id } = await submitRequest(story.ana, story.draft());
  const asked = await marks();
  expect(asked.map((mark, index) => mark !== before[index])).toEqual([true, true, false]);
  await denyRequest(story.max, { requestId: id, version: 1, words: "The parcel has been found." });
  const denied = await marks();
  expect(denied.map((mark, index) => mark !== asked[index])).toEqual([true, true, false]);
});
