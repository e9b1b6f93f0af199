import { expect, test } from "vitest";
import type { GrantState } from "@/lib/grants/grant";
import { whyNoExtension } from "./extension";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));
const first = (state: GrantState, now: number, change: object = {}) => ({
  request: { parentId: null },
  grant: {
    state,
    ...{ notBefore: null, activatedAt: at(0), activateBy: at(60), endsAt: at(5), closedWhy: null },
    ...change,
  },
  isExtended: false,
  now: at(now),
});

test("more time is for what is open, or was over within the hour by its clock", () => {
  expect(whyNoExtension(first("active", 1))).toBeNull();
  expect(whyNoExtension(first("active", 30))).toBeNull();
  expect(whyNoExtension(first("ended", 64))).toBeNull();
  expect(whyNoExtension(first("ended", 65))).toBe("not-extendable");
});

test.each<[GrantState, object]>([
  ["ready", { activatedAt: null, endsAt: null }],
  ["lapsed", { activatedAt: null, endsAt: null }],
  ["returned", { closedWhy: "returned" }],
  ["revoked", { closedWhy: "revoked" }],
  ["ended", { closedWhy: "session-ended" }],
])("what is %s gets none", (state, change) => {
  expect(whyNoExtension(first(state, 6, change))).toBe("not-extendable");
});

test("it goes once, and an extension gets none", () => {
  expect(whyNoExtension({ ...first("active", 1), isExtended: true })).toBe("already-extended");
  expect(whyNoExtension({ ...first("active", 1), request: { parentId: "first" } })).toBe("already-extended");
  expect(whyNoExtension({ ...first("active", 1), grant: null })).toBe("not-extendable");
});
