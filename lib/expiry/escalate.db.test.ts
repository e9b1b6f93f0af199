import { expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { listInbox } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { escalate } from "@/lib/expiry/escalate";
import { remind } from "@/lib/expiry/remind";
import { readHome } from "@/lib/home/read-home";
import { nudgeRequest } from "@/lib/requests/nudge-request";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activePolicy } from "@/lib/testing/active-policy";
import { codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = (id: string, version = 1) => ({ requestId: id, version, words: null });
const numbersOf = async (who: Context) => (await listInbox(who, {})).lines.map((line) => line.number);
const toldOf = async (who: Context) => (await readHome(who)).told.map(({ href }) => href);

/** Asks under a rule whose manager's step is escalated after an hour. */
async function ask(mayDecide: boolean) {
  const tell = [{ kind: "managers-manager" }, { kind: "policy-admins" }];
  const step = {
    anyOf: [{ who: { kind: "manager" }, count: 1 }],
    escalate: { afterMinutes: 60, tell, mayDecide },
  };
  await activePolicy(story, [{ outcome: { kind: "review", steps: [step] } }]);
  return submitRequest(story.ana, story.draft());
}

/** As if so many minutes had passed since everything of this request. */
async function passed(id: string, minutes: number): Promise<void> {
  await story.control.owner`
    UPDATE requests SET created_at = created_at - make_interval(mins => ${minutes}),
      expires_at = expires_at - make_interval(mins => ${minutes}), remind_at = remind_at - make_interval(mins => ${minutes}),
      escalate_at = escalate_at - make_interval(mins => ${minutes}), nudged_at = nudged_at - make_interval(mins => ${minutes})
    WHERE id = ${id}`;
}

test("a step that has waited for its time tells more people, who may read it and do not decide", async () => {
  const { id, number } = await ask(false);
  await passed(id, 59);
  expect(await escalate()).toBe(0);
  await expect(readRequest(story.noor, number)).rejects.toEqual(refused("not-found"));
  await passed(id, 1);
  expect(await escalate()).toBe(1);
  expect((await codesOf(story, id)).at(-1)).toBe("request.escalated");
  for (const told of [story.noor, story.pia]) {
    expect(await toldOf(told)).toEqual([`/requests/${number}`]);
    expect((await readRequest(told, number)).view.eligible).toMatchObject([{ name: "Max" }]);
  }
  expect(await toldOf(story.vera)).toEqual([]);
  expect(await numbersOf(story.noor)).not.toContain(number);
  await expect(approveRequest(story.noor, seen(id))).rejects.toEqual(refused("not-an-approver"));
  await expect(approveRequest(story.pia, seen(id))).rejects.toEqual(refused("not-permitted"));
  const [line] = (await listInbox(story.max, {})).lines.filter((one) => one.number === number);
  expect(line?.pressing).toBe("escalated");
  await approveRequest(story.max, seen(id));
  expect(await toldOf(story.noor)).toEqual([]);
});

test("where the rule says so they may decide too, from then on and not before; policy admins never", async () => {
  const { id, number } = await ask(true);
  await expect(approveRequest(story.noor, seen(id))).rejects.toEqual(refused("not-an-approver"));
  await passed(id, 60);
  // Until it is written down nobody more decides.
  await expect(approveRequest(story.noor, seen(id))).rejects.toEqual(refused("not-an-approver"));
  await escalate();
  expect(await numbersOf(story.noor)).toContain(number);
  await expect(approveRequest(story.pia, seen(id))).rejects.toEqual(refused("not-permitted"));
  await approveRequest(story.noor, seen(id));
  expect((await readRequest(story.ana, number)).view).toMatchObject({
    state: "approved",
    decision: { by: "Noor" },
  });
});

test("in several instances at once it escalates once, and what is decided or over not at all", async () => {
  const asked = [await ask(false), await ask(false), await ask(false)];
  const [waits, decided, over] = asked.map(({ id }) => id) as [string, string, string];
  await approveRequest(story.max, seen(decided));
  for (const id of [waits, decided]) await passed(id, 61);
  await passed(over, 24 * 60);
  await Promise.all(Array.from({ length: 6 }, escalate));
  const escalated = async (id: string) =>
    (await codesOf(story, id)).filter((code) => code === "request.escalated").length;
  expect([await escalated(waits), await escalated(decided), await escalated(over)]).toEqual([1, 0, 0]);
});

test("those who may decide are reminded after parts of the time, once for each, whatever was missed", async () => {
  const { id, number } = await ask(false);
  await passed(id, 12 * 60);
  await Promise.all(Array.from({ length: 4 }, remind));
  expect((await codesOf(story, id)).filter((code) => code === "request.reminded")).toHaveLength(1);
  const [line] = (await listInbox(story.max, {})).lines.filter((one) => one.number === number);
  expect(line?.pressing).toBe("reminded");
  await passed(id, 10 * 60);
  expect(await remind()).toBe(1);
  expect(await remind()).toBe(0);
});

test("whoever asked reminds them once in 30 minutes, and nobody else does", async () => {
  const { id } = await ask(false);
  await expect(nudgeRequest(story.ana, { requestId: id })).rejects.toEqual(refused("reminded-lately"));
  await passed(id, 30);
  await expect(nudgeRequest(story.ben, { requestId: id })).rejects.toEqual(refused("not-found"));
  const nudges = Array.from({ length: 3 }, () => nudgeRequest(story.ana, { requestId: id }));
  const outcomes = await Promise.allSettled(nudges);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await passed(id, 30);
  expect(await nudgeRequest(story.ana, { requestId: id })).toMatchObject({ reminded: 1 });
});
