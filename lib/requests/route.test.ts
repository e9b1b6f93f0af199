import { expect, test } from "vitest";
import { routeWords, ruleWords, unaskedWords } from "./route";

const max = { id: "max", name: "Max" };
const noor = { id: "noor", name: "Noor" };
const zoe = { id: "zoe", name: "Zoe" };

test.each([
  [[max], null, "Max decides."],
  [[max], 11.2, "Max decides; usually within 12 minutes."],
  [[max], 0.2, "Max decides; usually within 1 minute."],
  [[max], 130, "Max decides; usually within 2 hours."],
  [[max, noor], null, "Max or Noor decides."],
  [[max, noor, zoe], null, "Max, Noor or Zoe decides."],
  [[max, noor, zoe, { id: "ben", name: "Ben" }], null, "Max, Noor or one of 2 others decides."],
] as const)("says it in words %#", (approvers, minutes, words) => {
  expect(routeWords(approvers, minutes)).toBe(words);
});

test("a rule is named, and those of before there were policies have their own words", () => {
  expect(ruleWords("manager")).toBe("The manager of whoever asks decides.");
  expect(ruleWords("Payment by two people")).toBe("The rule “Payment by two people” of the policy decides.");
});

test("rules that could not be asked are named with why; the others are not", () => {
  const answers = [
    { rule: "late", answer: "missing", missing: ["time.hour", "history.first_time"] },
    { rule: "odd", answer: "error", missing: [] },
    { rule: "other", answer: "no", missing: [] },
  ] as const;
  expect(unaskedWords(answers)).toEqual([
    "The rule “late” could not be asked (not known: hour, first time); what it demands is added.",
    "The rule “odd” could not be asked (it failed); what it demands is added.",
  ]);
});
