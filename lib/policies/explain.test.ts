import fc from "fast-check";
import { expect, test } from "vitest";
import { compiledOf, missable, policyOf, signalsArbitrary, someSignals } from "@/lib/testing/policies";
import { compileCondition } from "./condition";
import { bindingsOf } from "./environment";
import { explainCondition } from "./explain";
import { assessRisk, defaultWeights } from "./risk";
import { ruleOn } from "./ruling";
import type { ConditionPart } from "./view";

const seen = (signals = someSignals()) =>
  bindingsOf({ signals, risk: assessRisk(signals), weights: defaultWeights });

test("each part of a condition says whether it holds, and what it looked at", () => {
  const text = `("support" in requester.groups || !request.ticket) && request.records <= (5) && time.hour > 8`;
  const why = explainCondition(text, seen(someSignals({ hour: null })));
  expect(why).toMatchObject({ kind: "all", answer: "missing" });
  expect(why.parts.map(({ kind, answer }) => [kind, answer])).toEqual([
    ["any", "no"],
    ["one", "yes"],
    ["one", "missing"],
  ]);
  expect(why.parts[0]?.parts[1]).toMatchObject({
    kind: "not",
    answer: "no",
    parts: [{ answer: "yes", saw: [{ name: "request.ticket", value: "yes" }] }],
  });
  expect(why.parts[1]?.saw).toEqual([{ name: "request.records", value: "1" }]);
  expect(why.parts[2]?.saw).toEqual([{ name: "time.hour", value: null }]);
});

test("a search in a list is one part, and a choice shows its three", () => {
  const text = `risk.grade == "low" ? true : fields.classes.exists(c, c in ["pan"] && c != "x")`;
  const why = explainCondition(text, seen());
  expect(why.parts.map(({ text: part }) => part)).toEqual([
    `risk.grade == "low"`,
    "true",
    `fields.classes.exists(c, c in ["pan"] && c != "x")`,
  ]);
});

test("what is explained is what was decided: of any request, the whole says what the rule said", () => {
  const conditions = [
    `request.records <= 5 && (request.ticket || history.first_time)`,
    `!(time.out_of_hours) && fields.groups == ["contact"]`,
    `risk.points > 30 ? history.denials_30d == 0 : fields.names.all(n, n.startsWith("e"))`,
    `"support" in requester.groups || history.new_device || history.subjects_7d > 100`,
  ];
  const words = { matches: "yes", no: "no", missing: "missing", error: "error" } as const;
  const gaps = fc.subarray([...missable]);
  fc.assert(
    fc.property(fc.constantFrom(...conditions), signalsArbitrary, gaps, (when, whole, lost) => {
      const signals = { ...whole, ...Object.fromEntries(lost.map((name) => [name, null])) };
      const policy = policyOf([{ when, outcome: { kind: "auto" } }]);
      const [answer] = ruleOn(compiledOf(policy), signals).answers;
      const risk = assessRisk(signals, policy.risk);
      const why = explainCondition(when, bindingsOf({ signals, risk, weights: policy.risk }));
      expect(why.answer).toBe(words[answer?.answer as keyof typeof words]);
    }),
  );
});

test("the text of every part is a condition of its own", () => {
  const every = (part: ConditionPart): ConditionPart[] => [part, ...part.parts.flatMap(every)];
  const text = `!(request.ticket && !(request.records > 1 || "a\\"b" in fields.names)) || size(fields.names) > 2`;
  for (const part of every(explainCondition(text, seen()))) expect(compileCondition(part.text).ok).toBe(true);
});
