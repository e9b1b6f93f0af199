import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveGrant } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";
import { now } from "./clock";
import { RevealStore } from "./reveal-store";

const grant: LiveGrant = {
  ...{ id: "g", requestNumber: 17, tableId: "t", tableLabel: "customers", tablePath: "" },
  ...{ records: ["r1"], fields: [{ columnId: "email", name: "email", level: "full" }] },
  ...{ state: "active", viewSeconds: 60, msLeft: 60_000, activateMsLeft: 0 },
  ...{ views: { of: 3, left: 3 }, startsInMs: 0, withSession: false, asksPassword: false, passkey: null },
};

function page(given: LiveGrant) {
  const actions: RevealActions = {
    activate: async () => ({ ok: true, output: { msLeft: 60_000 } }),
    reveal: async () => ({ ok: true, output: { values: [], msLeft: 60_000, viewsLeft: 2 } }),
    giveBack: async () => ({ ok: true, output: null }),
    prove: async () => ({ status: "idle" }),
    passkey: { ask: () => Promise.reject(new Error()), prove: () => Promise.reject(new Error()) },
    recordCopy: async () => ({ ok: true, output: null }),
  };
  const store = new RevealStore([given], actions);
  store.start();
  store.add({ grantId: "g", record: "r1", columnId: "email" });
  return { store, state: () => store.snapshot().grants[0]! };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a page knows how many views are left, and what was rendered before gives none back", async () => {
  const { store, state } = page(grant);
  expect(state().viewsLeft).toBe(3);
  await store.open("g");
  expect(state().viewsLeft).toBe(2);
  store.setGrants([grant]);
  expect(state().viewsLeft).toBe(2);
});

test("a page knows when a grant may be opened, and looks again at that moment", async () => {
  const { store, state } = page({ ...grant, state: "ready", startsInMs: 30_000 });
  await Promise.resolve();
  const told = vi.fn();
  store.subscribe(told);
  expect(state().startsAt).toBe(now() + 30_000);
  vi.advanceTimersByTime(29_000);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_100);
  expect(told).toHaveBeenCalled();
});
