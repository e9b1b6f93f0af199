import { describe, expect, test } from "vitest";
import { keepScenario } from "@/lib/policies/keep-scenario";
import { readDraftChoices, readPolicyVersion } from "@/lib/policies/list-policies";
import { readPolicyChoices, readRequesters } from "@/lib/policies/read-choices";
import { newDraft } from "@/lib/policies/save-draft";
import type { RequestSignals } from "@/lib/policies/signals";
import { readPastSignals } from "@/lib/requests/read-past-signals";
import { purposes } from "@/lib/requests/request";
import { simulateRequest } from "@/lib/requests/simulate-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { policyOf, someSignals } from "@/lib/testing/policies";
import { codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const group = (name: string, count = 1) => ({ anyOf: [{ who: { kind: "group", group: name }, count }] });
const manager = { anyOf: [{ who: { kind: "manager" }, count: 1 }] };
const ownersOf = (kind: string) => ({ anyOf: [{ who: { kind }, count: 1 }] });

async function drafted(rules: readonly object[], change: object = {}): Promise<number> {
  const document = policyOf(rules, change);
  return (await newDraft(story.pia, { basedOn: null, note: "for a test", document })).number;
}

const simulated = (
  number: number,
  given: RequestSignals = someSignals(),
  { requesterId = null, tableId = null }: { requesterId?: string | null; tableId?: string | null } = {},
) => simulateRequest(story.pia, { number, given, requesterId, tableId });

describe("a simulated request", () => {
  test("tells of each rule in its order what it said, and of the one that decides why", async () => {
    const number = await drafted([
      { name: "late", when: "time.hour > 20 && request.ticket", outcome: { kind: "auto" } },
      {
        name: "watches",
        when: "request.ticket",
        shadow: true,
        outcome: { kind: "deny", words: "Not like this." },
      },
      {
        name: "ticket",
        when: "request.ticket",
        outcome: { kind: "auto" },
        caps: { viewSeconds: 60 },
        stepUp: true,
      },
      { name: "last", when: "true", outcome: { kind: "deny", words: "Not like this." } },
    ]);
    const said = await simulated(number, someSignals({ hour: null, signedInMinutes: 11 }));
    expect(said.rules.map(({ rule, answer }) => [rule, answer])).toEqual([
      ["late", "missing"],
      ["watches", "matches"],
      ["ticket", "matches"],
      ["last", "not-asked"],
    ]);
    expect(said.rules[0]?.why.parts.map(({ answer }) => answer)).toEqual(["missing", "yes"]);
    expect(said).toMatchObject({ rule: "ticket", outcome: { kind: "auto" }, viewSeconds: 60, stepUp: true });
    expect(said.shadow).toEqual([{ rule: "watches", would: "deny" }]);
    expect(said.lacks).toEqual([expect.stringContaining("ten minutes")]);
    expect(said.risk.bars.length).toBeGreaterThan(0);
  });

  test("names who could fill its steps now: of a person and a table, or of nobody in particular", async () => {
    const steps = [manager, group("payments"), ownersOf("table-owners")];
    const number = await drafted([{ outcome: { kind: "review", steps } }]);
    await story.control.owner`INSERT INTO owners (kind, subject, person_id)
      VALUES ('table', ${story.table.id}, ${story.vera.actor.personId})`;
    const namesOf = async (of: { requesterId?: string; tableId?: string }) =>
      (await simulated(number, someSignals(), of)).steps?.map(({ ways }) => ways[0]?.people);
    expect(await namesOf({ requesterId: story.ana.actor.personId, tableId: story.table.id })).toEqual([
      ["Max"],
      ["Paul"],
      ["Vera"],
    ]);
    expect(await namesOf({})).toEqual([["whoever that is"], ["Paul"], ["whoever owns the table"]]);
  });

  test("tells who steps in, and that it is not sent where nobody is left", async () => {
    const review = { outcome: { kind: "review", steps: [group("nobody")] } };
    const ana = { requesterId: story.ana.actor.personId };
    const stepping = await simulated(await drafted([review]), someSignals(), ana);
    expect(stepping.steps).toMatchObject([{ steppedIn: true, ways: [{ people: ["Noor"] }] }]);
    const fallback = [{ kind: "group", group: "nobody" }];
    expect((await simulated(await drafted([review], { fallback }), someSignals(), ana)).steps).toBeNull();
  });

  test("is asked of any version by policy admins alone, sends nothing and writes nothing", async () => {
    const count = async () => {
      const [row] = await story.control.owner`SELECT (SELECT count(*) FROM requests)::int AS requests,
        (SELECT count(*) FROM audit_events)::int AS events`;
      return row;
    };
    const before = await count();
    expect((await simulated(2)).rule).toBeNull();
    await expect(simulated(9999)).rejects.toEqual(refused("not-found"));
    expect(await count()).toEqual(before);
    const input = { number: 2, given: someSignals(), requesterId: null, tableId: null };
    for (const who of [story.ana, story.max, story.ada, story.ivy]) {
      await expect(simulateRequest(who, input)).rejects.toEqual(refused("not-permitted"));
      await expect(readPolicyChoices(who, purposes)).rejects.toEqual(refused("not-permitted"));
      await expect(readRequesters(who)).rejects.toEqual(refused("not-permitted"));
    }
  });
});

describe("a request of the past", () => {
  test("is simulated from what was frozen with it, on record with it, without who asked and why", async () => {
    const sent = await submitRequest(story.ana, story.draft());
    const given = await readPastSignals(story.pia, sent.number);
    expect(given).toMatchObject({ purpose: "customer-contact", ticket: true, fields: [{ class: "email" }] });
    expect(JSON.stringify(given)).not.toMatch(/T-1042|parcel|Ana/);
    expect((await simulated(2, given)).rule).toBeNull();
    expect(await codesOf(story, sent.id)).toEqual(["request.submitted", "policy.simulated"]);
    await expect(readPastSignals(story.max, sent.number)).rejects.toEqual(refused("not-permitted"));
    await expect(readPastSignals(story.pia, 9999)).rejects.toEqual(refused("not-found"));
  });
});

describe("a scenario that is kept", () => {
  test("is in the draft, is tried at once, makes whoever kept it an editor, and blocks when it fails", async () => {
    const number = await drafted([{ name: "all", outcome: { kind: "auto" } }]);
    const [draft] = (await readDraftChoices(story.pia)).filter((one) => one.number === number);
    const scenario = {
      name: "as asked",
      given: someSignals(),
      expect: { outcome: "auto" as const, rule: "all" },
    };
    const kept = await keepScenario(story.pia, { number, version: draft!.version, scenario });
    expect(kept).toMatchObject({ passed: true, results: [{ name: "as asked", passed: true }] });
    const stale = { number, version: draft!.version, scenario: { ...scenario, name: "later" } };
    await expect(keepScenario(story.pia, stale)).rejects.toEqual(refused("changed-meanwhile"));
    const again = { number, version: kept.version };
    await expect(keepScenario(story.pia, { ...again, scenario })).rejects.toEqual(refused("policy-unsound"));
    const other = { ...scenario, name: "otherwise", expect: { outcome: "deny" as const } };
    expect((await keepScenario(story.pia, { ...again, scenario: other })).passed).toBe(false);
    expect(await readPolicyVersion(story.pia, number)).toMatchObject({ state: "draft", editors: ["Pia"] });
    await expect(keepScenario(story.pia, { number: 2, version: 1, scenario })).rejects.toEqual(
      refused("not-found"),
    );
  });
});
