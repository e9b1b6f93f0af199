import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { activatePolicy } from "@/lib/policies/activate-policy";
import { listPolicies, readPolicyVersion } from "@/lib/policies/list-policies";
import { readActivePolicy } from "@/lib/policies/read-policy";
import { changeDraft, newDraft } from "@/lib/policies/save-draft";
import { testDraft } from "@/lib/policies/test-draft";
import { readWatched } from "@/lib/requests/read-watched";
import { replayPolicy } from "@/lib/requests/replay-policy";
import { submitRequest } from "@/lib/requests/submit-request";
import { approveRequest } from "@/lib/approvals/approve-request";
import { signedIn } from "@/lib/testing/control";
import { policyOf, someSignals } from "@/lib/testing/policies";
import { record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const auto = { name: "all at once", outcome: { kind: "auto" } };
const group = (name: string, count = 1) => ({
  name: "by a group",
  outcome: { kind: "review", steps: [{ anyOf: [{ who: { kind: "group", group: name }, count }] }] },
});
const tried = (outcome: string) => [{ name: "somebody", given: someSignals(), expect: { outcome } }];
const documentOf = (rules: readonly object[], outcome = "auto") =>
  policyOf(rules, { scenarios: tried(outcome) as never });
const other = () => signedIn(story.control, { name: "Quinn", roles: ["policy_admin"] });

async function activated(who: Context, document: object): Promise<number> {
  const draft = await newDraft(story.pia, { basedOn: null, note: "for a test", document });
  const { version } = await testDraft(story.pia, draft);
  return (await activatePolicy(who, { number: draft.number, version })).number;
}

describe("a draft", () => {
  test("is written, tested and activated by a second person, and counts from then on", async () => {
    const quinn = await other();
    expect((await readActivePolicy(quinn.db)).version).toBe(2);
    const number = await activated(quinn, documentOf([auto]));
    expect((await readActivePolicy(quinn.db)).version).toBe(number);
    const sent = await submitRequest(story.ana, story.draft());
    expect(sent.words).toBe("Granted at once, for 5 minutes.");
    const rows = await story.control.owner<{ code: string }[]>`
      SELECT code FROM audit_events WHERE code LIKE 'policy.%' ORDER BY seq`;
    expect(rows.map((row) => row.code)).toEqual(["policy.saved", "policy.tested", "policy.activated"]);
  });

  test("is not activated by anybody who wrote a part of it: not by code, and not by the database", async () => {
    const quinn = await other();
    const draft = await newDraft(story.pia, { basedOn: null, note: "one", document: documentOf([auto]) });
    const changed = await changeDraft(quinn, { ...draft, note: "two", document: documentOf([auto]) });
    const { version } = await testDraft(quinn, changed);
    for (const who of [story.pia, quinn])
      await expect(activatePolicy(who, { ...draft, version })).rejects.toEqual(refused("policy-own"));
    await expect(
      story.control.owner`UPDATE policy_versions SET state = 'active', activated_at = now(),
        activated_by = ${quinn.actor.personId} WHERE number = ${draft.number}`,
    ).rejects.toMatchObject({ constraint_name: "second_person" });
    expect((await readPolicyVersion(quinn, draft.number)).whyNot.activate).not.toBeNull();
  });

  test("is not activated before its scenarios have passed, and again after a change", async () => {
    const quinn = await other();
    const draft = await newDraft(story.pia, {
      basedOn: null,
      note: "x",
      document: documentOf([auto], "deny"),
    });
    const failed = await testDraft(story.pia, draft);
    expect(failed).toMatchObject({ passed: false, results: [{ words: "expected deny, got auto." }] });
    const seen = { number: draft.number, version: failed.version };
    await expect(activatePolicy(quinn, seen)).rejects.toEqual(refused("policy-untested"));
    const mended = await changeDraft(story.pia, { ...seen, note: "x", document: documentOf([auto]) });
    const passed = await testDraft(story.pia, mended);
    expect(passed.passed).toBe(true);
    const again = await changeDraft(story.pia, {
      number: draft.number,
      version: passed.version,
      note: "y",
      document: documentOf([auto]),
    });
    await expect(activatePolicy(quinn, again)).rejects.toEqual(refused("policy-untested"));
    const none = await newDraft(story.pia, { basedOn: null, note: "none", document: policyOf([auto]) });
    expect((await testDraft(story.pia, none)).passed).toBe(false);
  });

  test("is not saved with a condition that cannot be asked; the rule and the place are told", async () => {
    const document = documentOf([{ ...auto, when: "request.recrods > 1" }]);
    const saving = newDraft(story.pia, { basedOn: null, note: "x", document });
    await expect(saving).rejects.toMatchObject({ code: "policy-unsound" });
    await expect(saving).rejects.toMatchObject({
      fields: { "rules.0.when": expect.stringContaining("(characters 9 to 15)") as string },
    });
    await expect(
      newDraft(story.pia, { basedOn: null, note: "x", document: { rules: "all" } }),
    ).rejects.toEqual(refused("policy-unsound"));
  });

  test("of two changes at once, one wins and the other is told", async () => {
    const draft = await newDraft(story.pia, { basedOn: null, note: "x", document: documentOf([auto]) });
    const change = () => changeDraft(story.pia, { ...draft, note: "y", document: documentOf([auto]) });
    const outcomes = await Promise.allSettled([change(), change(), change()]);
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("is for policy admins alone", async () => {
    const input = { basedOn: null, note: "x", document: documentOf([auto]) };
    for (const who of [story.ana, story.max, story.ada, story.sam, story.ivy]) {
      await expect(newDraft(who, input)).rejects.toEqual(refused("not-permitted"));
      await expect(listPolicies(who)).rejects.toEqual(refused("not-permitted"));
    }
  });
});

describe("a policy that locks people out", () => {
  test.each<[string, object, object]>([
    ["names a group that there is not", group("nobody"), {}],
    ["wants more of a group than there are", group("payments", 2), {}],
    ["has nobody to step in", auto, { fallback: [{ kind: "group", group: "nobody" }] }],
    ["leaves stepping in to managers", auto, { fallback: [{ kind: "manager" }] }],
  ])("is refused when it %s", async (_, rule, change) => {
    const quinn = await other();
    const expected = rule === auto ? "auto" : "review";
    const document = policyOf([rule], { scenarios: tried(expected) as never, ...change });
    await expect(activated(quinn, document)).rejects.toEqual(refused("step-empty"));
  });
});

test("a policy that denies everything is not activated, and its page says so before", async () => {
  const quinn = await other();
  const deny = {
    name: "all",
    when: "request.records > 0",
    outcome: { kind: "deny", words: "Nobody sees it." },
  };
  const draft = await newDraft(story.pia, { basedOn: null, note: "x", document: documentOf([deny], "deny") });
  const { version } = await testDraft(story.pia, draft);
  await expect(activatePolicy(quinn, { ...draft, version })).rejects.toEqual(refused("policy-locks-out"));
  const { whyNot } = await readPolicyVersion(quinn, draft.number);
  expect(whyNot.activate).toContain("denies everything");
});

test("the page of a version names the steps that nobody could fill and the rules that are never asked", async () => {
  const document = documentOf([
    { ...group("nobody"), when: "true" },
    { ...auto, when: "request.ticket" },
  ]);
  const { number } = await newDraft(story.pia, { basedOn: null, note: "x", document });
  expect((await readPolicyVersion(story.pia, number)).warnings).toEqual([
    "Rule 1, “by a group”: There are not enough approvers for these steps.",
    "Rule 2, “all at once”, is never asked: “by a group” before it always matches.",
  ]);
});

describe("what was activated", () => {
  test("stays as it was, whatever the database is told", async () => {
    const quinn = await other();
    const number = await activated(quinn, documentOf([auto]));
    const { owner } = story.control;
    for (const change of [
      "document = '{}'",
      "state = 'draft', activated_by = NULL, activated_at = NULL",
      "note = 'another'",
      "editor_ids = '{}'",
    ])
      await expect(
        owner.unsafe(`UPDATE policy_versions SET ${change} WHERE number = ${number}`),
        change,
      ).rejects.toMatchObject({ code: "23000" });
    const seen = { number, version: 3 };
    await expect(
      changeDraft(story.pia, { ...seen, note: "x", document: documentOf([auto]) }),
    ).rejects.toEqual(refused("policy-not-a-draft"));
  });

  test("is rolled back by a new version, and of two activations at once both are on record in turn", async () => {
    const quinn = await other();
    const first = await activated(quinn, documentOf([auto]));
    await activated(quinn, documentOf([group("payments")], "review"));
    const { policy } = await readPolicyVersion(story.pia, first);
    const back = await newDraft(story.pia, { basedOn: first, note: "back to the first", document: policy });
    const { version } = await testDraft(story.pia, back);
    const twice = await Promise.allSettled(
      [1, 2].map(() => activatePolicy(quinn, { number: back.number, version })),
    );
    expect(twice.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const lines = await listPolicies(story.pia);
    expect(lines.filter((line) => line.state === "active")).toMatchObject([
      { number: back.number, basedOn: first },
    ]);
    expect(lines.at(-1)).toMatchObject({ number: 2, state: "built-in" });
  });
});

test("a replay tells what another policy would have done with the past", async () => {
  const quinn = await other();
  await activated(quinn, documentOf([group("payments")], "review"));
  const sent = await submitRequest(story.ben, story.draft());
  await approveRequest(story.paul, { requestId: sent.id, version: 1, words: null });
  const draft = await newDraft(story.pia, { basedOn: null, note: "x", document: documentOf([auto]) });
  const result = await replayPolicy(story.pia, { number: draft.number });
  const row = result.rows.find(({ from, to }) => from === "one person" && to === "automatic");
  expect(row?.numbers).toContain(sent.number);
  expect(result.savedSeconds).toBeGreaterThan(0);
});

test("a replay that takes longer than its time is refused", async () => {
  const { number } = await newDraft(story.pia, { basedOn: null, note: "slow", document: documentOf([auto]) });
  await submitRequest(story.ben, story.draft());
  await expect(replayPolicy(story.pia, { number }, -1)).rejects.toEqual(refused("replay-too-long"));
});

test("a replay is one at a time of one person: many at once would take the turns of everybody else", async () => {
  const { number } = await newDraft(story.pia, { basedOn: null, note: "x", document: documentOf([auto]) });
  const replay = (who: Context) => replayPolicy(who, { number });
  const quinn = await other();
  const outcomes = await Promise.allSettled([replay(story.pia), replay(story.pia), replay(quinn)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(outcomes[1]).toMatchObject({ reason: { code: "too-fast" } });
  await replay(story.pia);
});

test("a rule that only watches decides nothing, is kept with each request, and is counted by what was done instead", async () => {
  const quinn = await other();
  const deny = { kind: "deny", words: "Never without a call." };
  const watching = { name: "watches", shadow: true, when: "request.ticket", outcome: deny };
  const number = await activated(quinn, documentOf([watching, { ...auto, when: "request.records == 1" }]));
  for (const ticket of ["T-1", "T-2", null]) await submitRequest(story.ben, story.draft({ ticket }));
  await submitRequest(story.ben, story.draft({ records: [record(1), record(2)] }));
  expect(await readWatched(story.pia, number)).toEqual([
    { rule: "watches", would: "deny", was: "auto", requests: 2 },
    { rule: "watches", would: "deny", was: "review", requests: 1 },
  ]);
  await expect(readWatched(story.ana, number)).rejects.toEqual(refused("not-permitted"));
  expect((await replayPolicy(story.pia, { number })).watched[0]?.requests).toBeGreaterThanOrEqual(3);
});
