import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeOf, routeWords } from "./route";

const max = { id: "max", name: "Max" };
const noor = { id: "noor", name: "Noor" };
const zoe = { id: "zoe", name: "Zoe" };

describe("who decides", () => {
  test.each([
    ["the manager, when the manager approves", ["max", "noor"], [max, noor, zoe], "manager", ["max"]],
    [
      "the manager's manager, when the manager does not",
      ["max", "noor"],
      [noor, zoe],
      "managers-manager",
      ["noor"],
    ],
    ["everybody who approves, when neither does", ["max", "noor"], [zoe], "any-approver", ["zoe"]],
    ["everybody who approves, when there is no manager", [], [max, noor], "any-approver", ["max", "noor"]],
    [
      "never the requester, who manages their own manager",
      ["max", "ana"],
      [{ id: "ana", name: "Ana" }, zoe],
      "any-approver",
      ["zoe"],
    ],
  ] as const)("%s", (_, managerIds, approvers, rule, ids) => {
    const route = routeOf({ requesterId: "ana", managerIds, approvers });
    expect(route?.rule).toBe(rule);
    expect(route?.approvers.map((approver) => approver.id)).toEqual(ids);
  });

  test("nobody, when the requester is the only approver", () => {
    expect(
      routeOf({ requesterId: "ana", managerIds: [], approvers: [{ id: "ana", name: "Ana" }] }),
    ).toBeNull();
  });

  test("whatever the facts, the requester is never among them, and only approvers are", () => {
    const person = fc.constantFrom("ana", "max", "noor", "zoe", "ben");
    fc.assert(
      fc.property(fc.array(person, { maxLength: 2 }), fc.uniqueArray(person), (managerIds, approverIds) => {
        const approvers = approverIds.map((one) => ({ id: one, name: one }));
        const route = routeOf({ requesterId: "ana", managerIds, approvers });
        const found = route?.approvers.map((approver) => approver.id) ?? [];
        expect(found).not.toContain("ana");
        expect(found.every((one) => approverIds.some((id) => id === one))).toBe(true);
        expect(route === null).toBe(approverIds.every((one) => one === "ana"));
      }),
    );
  });
});

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
