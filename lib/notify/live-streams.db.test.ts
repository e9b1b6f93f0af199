import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { signOut } from "@/lib/auth/end-session";
import type { Context } from "@/lib/auth/context";
import { listen, type Listening } from "@/lib/db/listen";
import { LiveStreams } from "@/lib/notify/live-streams";
import { lookChannel } from "@/lib/notify/look-again";
import { changeGroup, listGroups } from "@/lib/people/groups";
import { setOwners } from "@/lib/people/owners";
import { submitRequest } from "@/lib/requests/submit-request";
import { readMark } from "@/lib/reveals/read-live";
import { signedIn } from "@/lib/testing/control";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory();
const messages: string[] = [];
let listening: Listening;
let instances: LiveStreams[] = [];
const panOf = () => ({ columnId: story.column("pan"), level: "full" as const });

beforeAll(async () => {
  await new Promise<void>((connected) => {
    listening = listen(lookChannel, { hear: (message) => messages.push(message), connected });
  });
});
afterEach(async () => {
  await Promise.all(instances.map((instance) => instance.close()));
  instances = [];
});
afterAll(() => listening.end());

test("a deed of one instance is heard by the tabs of all instances: who asked, who decides, and nobody else", async () => {
  const [here, there] = [instance(), instance()];
  const [ana, max, ben] = [tab(here, story.ana), tab(there, story.max), tab(there, story.ben)];
  await Promise.all([ana.settled(), max.settled(), ben.settled()]);
  const before = [ana.looks(), max.looks()];
  const { id } = await submitRequest(story.ana, story.draft());
  await expect.poll(() => [ana.looks(), max.looks()]).toEqual(before.map((looks) => looks + 1));
  await approveRequest(story.max, { requestId: id, version: 1, words: null });
  await expect.poll(() => [ana.looks(), max.looks()]).toEqual(before.map((looks) => looks + 2));
  const [grant] = await story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${id}`;
  await revokeGrant(story.max, { grantId: grant!.id, words: "She has called back." });
  await expect.poll(() => [ana.looks(), max.looks()]).toEqual(before.map((looks) => looks + 3));
  expect(ben.looks()).toBe(before[0]);
});

test("instances tell each other ids of people: no value, no reason, no request", async () => {
  messages.length = 0;
  await approved(story);
  await expect.poll(() => messages.length).toBeGreaterThanOrEqual(2);
  for (const message of messages) expect(message).toMatch(/^([0-9a-f-]{36},?)+$/);
});

test("who joins a group, owns a class or leaves again sees another inbox at once, in an open tab", async () => {
  const who = await signedIn(story.control, { name: "Gus", roles: ["approver"] });
  const sent = await submitRequest(story.ana, story.draft({ fields: [panOf()] }));
  await approveRequest(story.max, { requestId: sent.id, version: 1, words: null });
  const tabOfGus = tab(instance(), who);
  await tabOfGus.settled();
  const [group] = (await listGroups(story.pia)).filter(({ slug }) => slug === "payments");
  const before = group!.members.map(({ id }) => id);
  const changed = async (version: number, personIds: string[]) => {
    const [looks, mark] = [tabOfGus.looks(), await readMark(who)];
    await changeGroup(story.ada, { groupId: group!.id, version, personIds });
    await expect.poll(() => tabOfGus.looks()).toBeGreaterThan(looks);
    expect(await readMark(who)).not.toBe(mark);
  };
  await changed(group!.version, [...before, who.actor.personId]);
  await changed(group!.version + 1, before);
  const looks = tabOfGus.looks();
  const owned = { kind: "class" as const, subject: "pan", personIds: [who.actor.personId], seenIds: [] };
  await setOwners(story.ada, owned);
  await expect.poll(() => tabOfGus.looks()).toBeGreaterThan(looks);
});

test("who signs out is told nothing more in any tab, at once", async () => {
  const here = instance();
  const person = await signedIn(story.control, { name: "Lea", roles: ["agent"] });
  const [one, other] = [tab(here, person), tab(here, person)];
  await Promise.all([one.settled(), other.settled()]);
  await signOut(person);
  await expect.poll(() => [one.over(), other.over()]).toEqual([true, true]);
});

test("a session that ended unheard is found by the heartbeat, which the living hear", async () => {
  const here = instance();
  const person = await signedIn(story.control, { name: "Lea", roles: ["agent"] });
  const [lea, ana] = [tab(here, person), tab(here, story.ana)];
  await story.control
    .owner`UPDATE sessions SET expires_at = clock_timestamp() WHERE id = ${person.sessionId}`;
  await here.beat();
  await expect.poll(() => [lea.over(), ana.over()]).toEqual([true, false]);
  await expect.poll(() => ana.text()).toContain(":\n\n");
});

test("many deeds at once are one look now and one after, so that nobody is made to ask without end", async () => {
  const here = instance();
  const ana = tab(here, story.ana);
  await ana.settled();
  const before = ana.looks();
  await Promise.all(Array.from({ length: 100 }, () => here.tell([story.ana.actor.personId])));
  await expect.poll(() => ana.looks() - before).toBeGreaterThan(0);
  await here.tell([story.ben.actor.personId]);
  await here.beat();
  await expect.poll(() => ana.text()).toContain(":\n\n");
  expect(ana.looks() - before).toBeLessThanOrEqual(2);
});

test("a lost connection to the database is made again, and every tab asks for what was missed", async () => {
  const here = instance();
  const ana = tab(here, story.ana);
  await ana.settled();
  const before = ana.looks();
  // Only a superuser may end the sessions of another role.
  const admin = postgres(story.control.database.superuserUrl, { max: 1 });
  const ended = await admin`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'glimpse-listen'`;
  await admin.end();
  expect(ended.length).toBeGreaterThanOrEqual(2);
  await expect.poll(() => ana.looks(), { timeout: 10_000 }).toBeGreaterThan(before);
  const again = ana.looks();
  await submitRequest(story.ana, story.draft());
  await expect.poll(() => ana.looks()).toBeGreaterThan(again);
});

test("a person holds so many connections and no more, and gets another when one is given up", async () => {
  const here = instance();
  const { personId } = story.ana.actor;
  const open = () => here.open(personId, story.ana.sessionId!);
  const streams = Array.from({ length: 20 }, open);
  expect(streams.every((stream) => stream !== null)).toBe(true);
  expect(open()).toBeNull();
  expect(here.open(story.ben.actor.personId, story.ben.sessionId!)).not.toBeNull();
  await streams[0]!.cancel();
  expect(open()).not.toBeNull();
});

test("an instance that stops ends every connection and takes no new one", async () => {
  const here = instance();
  const ana = tab(here, story.ana);
  await here.close();
  await expect.poll(() => ana.over()).toBe(true);
  expect(here.open(story.ana.actor.personId, story.ana.sessionId!)).toBeNull();
});

function instance(): LiveStreams {
  const one = new LiveStreams();
  instances.push(one);
  return one;
}

/** A tab as the server sees it: what it was sent, how often it was told to look, and whether it was ended. */
function tab(at: LiveStreams, who: Context) {
  const stream = at.open(who.actor.personId, who.sessionId!);
  if (!stream) throw new Error("There is no stream.");
  let text = "";
  let over = false;
  void (async () => {
    for await (const chunk of stream) text += new TextDecoder().decode(chunk);
    over = true;
  })();
  const looks = () => text.split("data: look\n\n").length - 1;
  return {
    text: () => text,
    over: () => over,
    looks,
    /** Told once when it came, and once when its instance began to listen. */
    settled: () => expect.poll(looks).toBeGreaterThanOrEqual(2),
  };
}
