import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { policySchema, type Policy } from "@/lib/policies/policy";
import type { PolicyChoices, PolicyVersionView } from "@/lib/policies/view";
import { policyOf, someSignals } from "@/lib/testing/policies";
import { partsOf, turnsOf } from "@/lib/testing/schema-walk";
import { differenceOf } from "./difference";
import { PolicyEditor } from "./policy-editor";

const people = ["1", "2", "3"].map((n) => ({
  id: `0198c0de-0000-4000-8000-00000000000${n}`,
  name: `Person ${n}`,
}));
const choices: PolicyChoices = {
  groups: [],
  approvers: people,
  purposes: [],
  classes: [],
  tables: [],
  roles: [],
};
const names = Object.fromEntries(people.map(({ id, name }) => [id, name]));
const who = (one: object, count = 2) => ({ anyOf: [{ who: one, count }] });

const escalate = {
  afterMinutes: 60,
  tell: [
    { kind: "group", group: "privacy" },
    { kind: "people", ids: [people[2]?.id] },
  ],
  mayDecide: true,
};

/** A policy that says everything which a policy can say. */
const whole = policyOf(
  [
    {
      outcome: { kind: "auto" },
      ...{
        shadow: true,
        ticketNeeded: true,
        stepUp: true,
        passkey: true,
        breakGlass: true,
        autoExtension: true,
      },
      purposes: ["incident"],
      caps: { viewSeconds: 300, records: 5, level: "partial", views: 3 },
    },
    {
      outcome: {
        kind: "review",
        steps: [
          who({ kind: "group", group: "payments" }),
          { ...who({ kind: "people", ids: [people[1]?.id] }), escalate },
        ],
      },
    },
    { outcome: { kind: "deny", words: "This is never shown to anybody." } },
  ],
  {
    fallback: [
      { kind: "group", group: "payments" },
      { kind: "people", ids: [people[0]?.id ?? ""] },
    ],
    reminders: { shares: [0.5], minutes: [15], nudgeMinutes: 60 },
    risk: { ...defaultPolicy.risk, purposes: { incident: 5 } },
    scenarios: [
      {
        name: "somebody",
        given: someSignals({
          fields: [
            { name: "stone", class: "stone", sensitivity: 2, level: "full", own: true, group: "health" },
          ],
          requester: { roles: ["agent"], groups: ["support"] },
          extension: { automatic: true },
        }),
        expect: { outcome: "auto", rule: "rule 1", viewSeconds: 300 },
      },
    ],
  },
);

/** What can be filled in and chosen, as the browser is given it. */
function controlsOf(policy: Policy): string {
  const view: PolicyVersionView = {
    ...{ number: 3, state: "draft", note: "x", editors: [], basedOn: null, changedAt: null, version: 1 },
    ...{ activatedBy: null, activatedAt: null, policy, scenarios: [], warnings: [] },
    whyNot: { change: null, test: null, activate: null },
  };
  const save = () => Promise.reject(new Error("Nobody saves here."));
  const markup = renderToStaticMarkup(<PolicyEditor view={view} choices={choices} save={save} />);
  const controls = markup.matchAll(
    /<label[^>]*><input.*?<\/label>|<input[^>]*>|<textarea.*?<\/textarea>|<select.*?<\/select>/gs,
  );
  return [...controls].map(([control]) => control.replaceAll(/ (id|aria-[a-z]+)="[^"]*"/g, "")).join("\n");
}

const turns = turnsOf(policySchema, whole) as { path: string; document: Policy }[];

test("the policy of these tests says everything that the schema of policies knows", () => {
  const turned = new Set(turns.map(({ path }) => path));
  expect(partsOf(policySchema).filter((path) => !turned.has(path))).toEqual([]);
});

test("every term of the schema has a field in the editor", () => {
  const before = controlsOf(whole);
  const withoutField = turns.filter(({ document }) => controlsOf(document) === before);
  expect(withoutField.map(({ path }) => path)).toEqual([]);
});

test("every term of the schema has a line in the difference of two versions", () => {
  const unsaid = turns.filter(({ document }) => differenceOf(whole, document, names, {}).length === 0);
  expect(unsaid.map(({ path }) => path)).toEqual([]);
});

test("what is left out, added or put in another order is told too", () => {
  const [first] = whole.rules;
  const [scenario] = whole.scenarios;
  if (!first || !scenario) throw new Error("There is nothing to leave out.");
  const others: Policy[] = [
    ...(Object.keys(first.caps) as (keyof typeof first.caps)[]).map((key) => {
      const { [key]: _, ...caps } = first.caps;
      return { ...whole, rules: whole.rules.with(0, { ...first, caps }) };
    }),
    { ...whole, fallback: whole.fallback.toReversed() },
    { ...whole, risk: { ...whole.risk, records: whole.risk.records.slice(1) } },
    { ...whole, risk: { ...whole.risk, purposes: {} } },
    { ...whole, risk: { ...whole.risk, hours: { ...whole.risk.hours, days: [1] } } },
    { ...whole, scenarios: [] },
    { ...whole, scenarios: [{ ...scenario, expect: { outcome: "auto" } }] },
    { ...whole, scenarios: [{ ...scenario, given: { ...scenario.given, hour: null } }] },
  ];
  for (const other of others) {
    expect(differenceOf(whole, other, names, {})).not.toEqual([]);
    expect(controlsOf(other)).not.toBe(controlsOf(whole));
  }
});
