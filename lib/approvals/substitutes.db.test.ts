import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { listInbox } from "@/lib/approvals/list-inbox";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { parseEntry } from "@/lib/audit/entry";
import { sentence } from "@/lib/audit/sentence";
import type { Context } from "@/lib/auth/context";
import { endDelegation } from "@/lib/people/end-delegations";
import { readRequest } from "@/lib/requests/read-request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { signedIn } from "@/lib/testing/control";
import { activePolicy } from "@/lib/testing/active-policy";
import { codesOf, useStory } from "@/lib/testing/story";
import { standsIn } from "@/lib/testing/substitutes";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = ({ id }: Submitted, version = 1) => ({ requestId: id, version, words: null });
const ask = (who: Context = story.ana) => submitRequest(who, story.draft());
const aCard = () =>
  submitRequest(story.ana, story.draft({ fields: [{ columnId: story.column("pan"), level: "full" }] }));
const numbersOf = async (who: Context) => (await listInbox(who, {})).lines.map((line) => line.number);
const idOf = (who: Context) => who.actor.personId;
const grantsOf = ({ id }: Submitted) =>
  story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${id}`;
const entriesOf = async ({ id }: Submitted, code: string) => {
  const rows = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE request_id = ${id} AND code = ${code} ORDER BY seq`;
  return rows.map((row) => parseEntry(row.entry));
};

beforeEach(async () => {
  const { owner } = story.control;
  await owner`UPDATE delegations SET ended_at = clock_timestamp(), ended_why = 'admin' WHERE ended_at IS NULL`;
});

describe("a substitute", () => {
  test("decides in place of whoever is away, and both names are on record from the inbox to the reveal", async () => {
    await standsIn(story, story.vera, story.max);
    const request = await ask();
    expect(request.words).toContain("Max or Vera for Max decides");
    const [line] = (await listInbox(story.vera, {})).lines.filter((one) => one.number === request.number);
    expect(line).toMatchObject({ standsInFor: "Max" });
    const detail = await readInboxRequest(story.vera, request.number);
    expect(detail).toMatchObject({ standsInFor: "Max", others: ["Max"], whyNot: null, more: false });
    expect((await readRequest(story.ana, request.number)).view).toMatchObject({
      eligible: [{ name: "Max" }, { name: "Vera for Max" }],
      steps: [{ ways: [{ count: 1, who: "the manager", people: ["Max", "Vera for Max"] }] }],
    });
    await approveRequest(story.vera, seen(request));
    const { view } = await readRequest(story.ana, request.number);
    expect(view).toMatchObject({ state: "approved", decision: { by: "Vera for Max" } });
    const [entry] = await entriesOf(request, "request.approved");
    expect(entry).toMatchObject({
      actor: { id: idOf(story.vera), name: "Vera" },
      approvers: [{ id: idOf(story.max), name: "Max" }],
      details: { standsInFor: "Max" },
    });
    expect(sentence(entry!)).toMatch(/^Vera for Max approved request/);
    const [grant] = await grantsOf(request);
    await activateGrant(story.ana, grant!.id);
    await revealFields(story.ana, { grantId: grant!.id });
    expect((await entriesOf(request, "reveal.opened"))[0]?.approvers).toMatchObject([
      { name: "Vera for Max" },
    ]);
  });

  test("fills one seat together with whom they stand in for: whoever comes second is told, whichever it is", async () => {
    await activePolicy(story, [
      {
        outcome: {
          kind: "review",
          steps: [
            { anyOf: [{ who: { kind: "people", ids: [idOf(story.max), idOf(story.paul)] }, count: 2 }] },
          ],
        },
      },
    ]);
    await standsIn(story, story.vera, story.max);
    const first = await ask();
    await approveRequest(story.vera, seen(first));
    await expect(approveRequest(story.max, seen(first, 2))).rejects.toEqual(refused("voted-for-you"));
    expect(await numbersOf(story.max)).not.toContain(first.number);
    expect(await grantsOf(first)).toEqual([]);
    await approveRequest(story.paul, seen(first, 2));
    expect(await grantsOf(first)).toHaveLength(1);

    const second = await ask();
    await approveRequest(story.max, seen(second));
    expect(await numbersOf(story.vera)).not.toContain(second.number);
    await expect(approveRequest(story.vera, seen(second, 2))).rejects.toEqual(refused("not-an-approver"));
    expect(await grantsOf(second)).toEqual([]);
    await story.control.owner`UPDATE policy_versions SET state = 'retired' WHERE state = 'active'`;
  });

  test("does not fill two seats, their own and that of another", async () => {
    await standsIn(story, story.paul, story.max);
    const request = await aCard();
    await approveRequest(story.paul, seen(request));
    await expect(approveRequest(story.paul, seen(request, 2))).rejects.toEqual(refused("already-voted"));
    expect(await grantsOf(request)).toEqual([]);
    // Nobody of Payments is left: the fallback steps in, and it takes another person.
    await expect(approveRequest(story.max, seen(request, 2))).rejects.toEqual(refused("voted-for-you"));
    await approveRequest(story.noor, seen(request, 2));
    expect(await grantsOf(request)).toHaveLength(1);
  });

  test("never decides on a request of their own, nor on one of whom they stand in for", async () => {
    const own = await signedIn(story.control, {
      name: "Own",
      roles: ["agent", "approver"],
      managerId: idOf(story.max),
    });
    await standsIn(story, own, story.max);
    const request = await ask(own);
    await expect(approveRequest(own, seen(request))).rejects.toEqual(refused("own-request"));
    expect(await numbersOf(own)).not.toContain(request.number);
    expect((await readRequest(own, request.number)).view.eligible).toMatchObject([{ name: "Max" }]);

    await activePolicy(story, [
      {
        outcome: {
          kind: "review",
          steps: [
            { anyOf: [{ who: { kind: "people", ids: [idOf(story.max), idOf(story.noor)] }, count: 1 }] },
          ],
        },
      },
    ]);
    const ofMax = await ask(story.max);
    expect(await numbersOf(own)).not.toContain(ofMax.number);
    await expect(approveRequest(own, seen(ofMax))).rejects.toEqual(refused("not-an-approver"));
    await story.control.owner`UPDATE policy_versions SET state = 'retired' WHERE state = 'active'`;
  });

  test("passes nothing on: whoever stands in for a substitute has the substitute's own seats alone", async () => {
    await standsIn(story, story.vera, story.max);
    await standsIn(story, story.paul, story.vera);
    const request = await ask();
    expect(await numbersOf(story.paul)).not.toContain(request.number);
    await expect(approveRequest(story.paul, seen(request))).rejects.toEqual(refused("not-an-approver"));
    await expect(readInboxRequest(story.paul, request.number)).rejects.toEqual(refused("not-found"));
  });

  test("makes a step that nobody could fill no fuller: one person away and one substitute are one", async () => {
    await activePolicy(story, [
      {
        outcome: {
          kind: "review",
          steps: [{ anyOf: [{ who: { kind: "group", group: "privacy" }, count: 2 }] }],
        },
      },
    ]);
    await standsIn(story, story.noor, story.vera);
    const { id } = await ask();
    const [row] = await story.control.owner<{ route: { steps: { fellBack: boolean }[] } }[]>`
      SELECT route FROM requests WHERE id = ${id}`;
    expect(row!.route.steps).toMatchObject([{ fellBack: true }]);
    await story.control.owner`UPDATE policy_versions SET state = 'retired' WHERE state = 'active'`;
  });
});

test("whatever the application believes: the database takes no vote without a delegation that counts, and no second seat", async () => {
  const { owner } = story.control;
  const id = await standsIn(story, story.vera, story.max);
  const request = await ask();
  const [ana, max, vera, paul] = [story.ana, story.max, story.vera, story.paul].map(idOf) as [
    string,
    string,
    string,
    string,
  ];
  const vote = (approver: string, forId: string | null, delegation: string | null) => owner`
    INSERT INTO decisions (request_id, requester_id, approver_id, for_id, delegation_id, verdict, decided_at, arrived_at)
    VALUES (${request.id}, ${ana}, ${approver}, ${forId}, ${delegation}, 'approve', clock_timestamp(), clock_timestamp())`;
  await expect(vote(vera, paul, id)).rejects.toMatchObject({ code: "23503" });
  await expect(vote(paul, max, id)).rejects.toMatchObject({ code: "23503" });
  await expect(vote(vera, ana, id)).rejects.toMatchObject({ code: "23514" });
  await vote(vera, max, id);
  await expect(vote(max, null, null)).rejects.toMatchObject({ code: "23000" });
  await endDelegation(story.max, { delegationId: id });
  const other = await ask();
  await expect(
    owner`INSERT INTO decisions (request_id, requester_id, approver_id, for_id, delegation_id, verdict, decided_at, arrived_at)
      VALUES (${other.id}, ${ana}, ${vera}, ${max}, ${id}, 'approve', clock_timestamp(), clock_timestamp())`,
  ).rejects.toMatchObject({ code: "23000" });
  await expect(
    owner`UPDATE delegations SET ended_at = NULL, ended_why = NULL, ended_by = NULL WHERE id = ${id}`,
  ).rejects.toMatchObject({ code: "23000" });
});

test("a substitute denies in place of whoever is away, with both names", async () => {
  await standsIn(story, story.vera, story.max);
  const request = await ask();
  await denyRequest(story.vera, { ...seen(request), words: "Ask for the last digits." });
  expect((await readRequest(story.ana, request.number)).view.decision).toMatchObject({ by: "Vera for Max" });
  expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.denied"]);
  // It stays theirs to read after the delegation is over.
  await story.control
    .owner`UPDATE delegations SET ended_at = clock_timestamp(), ended_why = 'admin' WHERE ended_at IS NULL`;
  expect((await readRequest(story.vera, request.number)).view.number).toBe(request.number);
});
