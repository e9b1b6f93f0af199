import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compiledOf, missable, policyOf, signalsArbitrary, someSignals } from "@/lib/testing/policies";
import { LONGEST_AUTOMATIC_VIEW, managerStep, type Outcome } from "./policy";
import { ruleOn, type Ruling } from "./ruling";

const group = (name: string, count = 1) => ({ anyOf: [{ who: { kind: "group", group: name }, count }] });
const review = (...names: string[]) => ({ kind: "review", steps: names.map((name) => group(name)) });
const auto = { kind: "auto" };
const deny = { kind: "deny", words: "Nobody needs this." };
const rule = (rules: readonly object[], change = {}) =>
  ruleOn(compiledOf(policyOf(rules)), someSignals(change));

const conditionArbitrary = fc.constantFrom(
  "true",
  "request.ticket",
  "request.records <= 20",
  "history.first_time",
  "!history.first_time",
  "history.denials_30d == 0 || request.ticket",
  "history.subjects_7d > 100",
  "!history.new_device && history.signed_in_minutes < 30",
  "time.hour < 12",
  "!time.out_of_hours",
  `fields.classes.exists(c, c == "pan")`,
);
const outcomeArbitrary = fc.constantFrom(auto, review("payments"), review("payments", "privacy"), deny);
const capsArbitrary = fc.constantFrom<object>(
  {},
  { viewSeconds: 60 },
  { viewSeconds: 1800 },
  { records: 10 },
);
const rulesArbitrary = fc.array(
  fc.record({ when: conditionArbitrary, outcome: outcomeArbitrary, caps: capsArbitrary }),
  { maxLength: 8 },
);

/** Whether `one` opens nothing that `other` does not. */
function noLooser(one: Ruling, other: Ruling): boolean {
  if (one.outcome.kind === "deny") return true;
  if (other.outcome.kind === "deny") return false;
  if (one.outcome.kind === "auto")
    return other.outcome.kind === "auto" && one.caps.viewSeconds <= other.caps.viewSeconds;
  if (other.outcome.kind === "auto") return true;
  const stepsOf = (outcome: Outcome) =>
    outcome.kind === "review" ? outcome.steps.map((step) => JSON.stringify(step)) : [];
  const held = stepsOf(one.outcome);
  return stepsOf(other.outcome).every((step) => held.includes(step));
}

describe("the order of rules", () => {
  test("the first that matches decides, and those behind it are not asked", () => {
    const ruling = rule([
      { when: "false", outcome: deny },
      { outcome: review("privacy") },
      { outcome: auto },
    ]);
    expect(ruling).toMatchObject({ rule: "rule 2", outcome: review("privacy") });
    expect(ruling.answers.map(({ answer }) => answer)).toEqual(["no", "matches", "not-asked"]);
  });

  test("where none matches, the manager decides", () => {
    expect(rule([{ when: "false", outcome: auto }])).toMatchObject({
      rule: null,
      outcome: { kind: "review", steps: [managerStep] },
    });
    expect(rule([]).outcome).toEqual({ kind: "review", steps: [managerStep] });
  });

  test("a rule put behind the one that decides changes nothing", () => {
    fc.assert(
      fc.property(rulesArbitrary, outcomeArbitrary, signalsArbitrary, (rules, outcome, given) => {
        const all = [...rules, { when: "true", outcome: deny }];
        const before = ruleOn(compiledOf(policyOf(all)), given);
        const after = ruleOn(compiledOf(policyOf([...all, { outcome }])), given);
        expect(after.outcome).toEqual(before.outcome);
      }),
    );
  });

  test("a rule that only watches never decides, and says what it would have done", () => {
    const ruling = rule([
      { outcome: auto, shadow: true },
      { outcome: review("privacy") },
      { outcome: deny, shadow: true },
    ]);
    expect(ruling.outcome).toEqual(review("privacy"));
    expect(ruling.shadow).toEqual([
      { rule: "rule 1", would: "auto" },
      { rule: "rule 3", would: "deny" },
    ]);
  });
});

describe("it fails closed", () => {
  test("whatever signals are missing, nothing is more open than with any value that they could have had", () => {
    const some = fc.subarray([...missable], { minLength: 1 });
    fc.assert(
      fc.property(rulesArbitrary, signalsArbitrary, some, (rules, given, gone) => {
        const compiled = compiledOf(policyOf(rules));
        const without = { ...given, ...Object.fromEntries(gone.map((name) => [name, null])) };
        expect(noLooser(ruleOn(compiled, without), ruleOn(compiled, given))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("a missing signal is no match though the rest of the condition is true, and is named", () => {
    const when = "request.ticket || history.first_time";
    const ruling = rule([{ when, outcome: auto }], { firstOnTable: null });
    expect(ruling.outcome.kind).toBe("review");
    expect(ruling.answers).toEqual([
      { rule: "rule 1", answer: "missing", shadow: false, missing: ["history.first_time"] },
    ]);
  });

  test("a review that could not be asked for adds its steps, and a denial denies", () => {
    const when = "history.first_time";
    const missing = { firstOnTable: null };
    expect(rule([{ when, outcome: review("privacy") }, { outcome: auto }], missing).outcome).toEqual(
      review("privacy"),
    );
    expect(
      rule([{ when, outcome: review("privacy") }, { outcome: review("payments", "payments") }], missing)
        .outcome,
    ).toEqual(review("payments", "payments", "privacy"));
    expect(rule([{ when, outcome: deny }, { outcome: auto }], missing)).toMatchObject({
      rule: "rule 1",
      outcome: deny,
    });
  });

  test("those who are told of a step decide only where a rule that could not be asked says so too", () => {
    const when = "history.first_time";
    const told = (mayDecide: boolean) => ({
      kind: "review",
      steps: [
        {
          anyOf: [{ who: { kind: "group", group: "privacy" }, count: 1 }],
          escalate: { afterMinutes: 60, tell: [{ kind: "managers-manager" }], mayDecide },
        },
      ],
    });
    const outcomeOf = (unasked: object) =>
      rule([{ when, outcome: unasked }, { outcome: told(true) }], { firstOnTable: null }).outcome;
    expect(outcomeOf(told(true))).toEqual(told(true));
    expect(outcomeOf(told(false))).toEqual(told(false));
    expect(outcomeOf(review("privacy"))).toEqual(told(false));
  });

  test("a condition that throws is recorded as an error and opens nothing", () => {
    const compiled = compiledOf(policyOf([{ outcome: auto }]));
    const [only] = compiled.rules;
    const broken = {
      ...compiled,
      rules: [
        {
          rule: only!.rule,
          condition: {
            reads: [],
            work: 1,
            test: () => {
              throw new Error("no");
            },
          },
        },
      ],
    };
    const ruling = ruleOn(broken, someSignals());
    expect(ruling.answers[0]?.answer).toBe("error");
    expect(ruling.outcome).toEqual({ kind: "review", steps: [managerStep] });
  });

  test("a class of the stewards' own is ruled like others: the catalogue has said that it opens", () => {
    const fields = [{ name: "x", class: "own-class", sensitivity: 2, level: "full", own: true }];
    expect(rule([{ outcome: auto }], { fields }).outcome.kind).toBe("auto");
  });

  test("classes that open for nobody are denied, whatever the rules say", () => {
    for (const classId of ["card_security", "password", "no-such-class"]) {
      const fields = [{ name: "x", class: classId, sensitivity: 1, level: "partial" }];
      expect(rule([{ outcome: auto }], { fields }).outcome.kind).toBe("deny");
    }
  });
});

describe("caps", () => {
  test("never loosen: an automatic view is at most 15 minutes, and no rule gives more than was allowed", () => {
    fc.assert(
      fc.property(rulesArbitrary, signalsArbitrary, (rules, given) => {
        const { caps, outcome } = ruleOn(compiledOf(policyOf(rules)), given);
        expect(caps.viewSeconds).toBeLessThanOrEqual(outcome.kind === "auto" ? LONGEST_AUTOMATIC_VIEW : 1800);
        expect(caps.viewSeconds).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test.each<[string, object, object]>([
    ["ticket", { ticketNeeded: true }, { ticket: false }],
    ["step-up", { stepUp: true }, { signedInMinutes: 11 }],
    ["step-up", { stepUp: true }, { signedInMinutes: null }],
    ["purpose", { purposes: ["incident"] }, {}],
    ["records", { caps: { records: 3 } }, { records: 4 }],
    ["level", { caps: { level: "partial" } }, {}],
  ])("what a request lacks is named: %s", (need, terms, change) => {
    expect(rule([{ outcome: auto, ...terms }], change).needs).toEqual([need]);
  });
});

describe("a request for more time", () => {
  const people = { extension: { automatic: false } };
  const itself = { extension: { automatic: true } };

  test("is never granted at once for what people had decided, unless the rule that matches says so", () => {
    fc.assert(
      fc.property(rulesArbitrary, signalsArbitrary, fc.boolean(), (rules, signals, autoExtension) => {
        const compiled = compiledOf(policyOf(rules.map((one) => ({ ...one, autoExtension }))));
        const without = ruleOn(compiled, signals);
        const { outcome } = ruleOn(compiled, { ...signals, ...people });
        if (without.outcome.kind !== "auto" || autoExtension) expect(outcome).toEqual(without.outcome);
        else expect(outcome).toEqual({ kind: "review", steps: [managerStep] });
        expect(ruleOn(compiled, { ...signals, ...itself }).outcome).toEqual(without.outcome);
      }),
    );
  });

  test("can be told from a first one by a condition", () => {
    const first = [{ name: "no more", when: "request.extension", outcome: deny }];
    expect(rule(first, itself).outcome.kind).toBe("deny");
    expect(rule(first).outcome.kind).toBe("review");
  });
});
