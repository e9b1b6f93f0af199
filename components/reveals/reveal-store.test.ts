import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveGrant } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";
import type { CellKey } from "./reveal-snapshot";
import { RevealStore } from "./reveal-store";
import { now } from "./clock";

const grant: LiveGrant = {
  id: "g",
  requestNumber: 17,
  tableId: "t",
  tableLabel: "customers",
  tablePath: "marigold/public/customers",
  records: ["r1", "r2"],
  fields: [{ columnId: "email", name: "email", level: "full" }],
  state: "active",
  viewSeconds: 60,
  msLeft: 60_000,
  activateMsLeft: 0,
  views: null,
  startsInMs: 0,
  withSession: false,
  asksPassword: false,
  passkey: null,
};
const card = {
  id: "g",
  requestNumber: 17,
  tableLabel: "customers",
  tablePath: "",
  fieldCount: 1,
  recordCount: 2,
};
const ready: LiveGrant = { ...grant, state: "ready", msLeft: 0, activateMsLeft: 3600_000 };
const r1: CellKey = { grantId: "g", record: "r1", columnId: "email" };
const r2: CellKey = { ...r1, record: "r2" };
const opened = (msLeft: number, records = ["r1", "r2"]) => ({
  ok: true as const,
  output: {
    msLeft,
    viewsLeft: null,
    values: records.map((record) => ({ record, columnId: "email", value: `secret of ${record}` })),
  },
});

function page(given: LiveGrant = grant, change: Partial<RevealActions> = {}) {
  const actions: RevealActions = {
    activate: vi.fn(async () => ({ ok: true as const, output: { msLeft: 60_000 } })),
    reveal: vi.fn(async () => opened(60_000)),
    giveBack: vi.fn(async () => ({ ok: true as const, output: null })),
    recordCopy: vi.fn(async () => ({ ok: true as const, output: null })),
    passkey: { ask: vi.fn(), prove: vi.fn() },
    prove: vi.fn(async () => ({ status: "idle" as const })),
    ...change,
  };
  const store = new RevealStore([given], actions);
  store.start();
  store.add(r1);
  store.add(r2);
  const looks = () => [store.cell(r1).look, store.cell(r2).look];
  const pulse = (state: "active" | "revoked" | "ended", msLeft = 0) =>
    store.hear({
      kind: "live",
      live: { grants: [{ ...card, state, msLeft }], inboxCount: 0, mark: "" },
      sentAt: now(),
    });
  return { store, actions, looks, pulse };
}

const isShown = (store: RevealStore) =>
  JSON.stringify([store.cell(r1), store.cell(r2), store.snapshot()]).includes("secret");

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a page shows a value", () => {
  test("only after the server has answered", async () => {
    const { store, looks } = page();
    expect(looks()).toEqual(["granted", "granted"]);
    const opening = store.open("g");
    expect(looks()).toEqual(["opening", "opening"]);
    await opening;
    expect(store.cell(r1)).toMatchObject({ look: "revealed", value: "secret of r1", viewMs: 60_000 });
    expect(store.snapshot().lit.count).toBe(2);
  });

  test("of a ready grant after its window was started, once", async () => {
    const { store, actions } = page(ready);
    await store.open("g");
    await store.open("g");
    expect(actions.activate).toHaveBeenCalledOnce();
    expect(actions.reveal).toHaveBeenCalledTimes(2);
  });

  test("of the cells that are on the page, and of one where one is asked for", async () => {
    const { store, actions, looks } = page(grant, { reveal: vi.fn(async () => opened(60_000, ["r2"])) });
    await store.open("g", [r2]);
    expect(actions.reveal).toHaveBeenCalledWith({ grantId: "g", records: ["r2"], columnIds: ["email"] });
    expect(looks()).toEqual(["granted", "revealed"]);
  });

  test("with the time that has gone, so that the line starts where it should", async () => {
    const { store } = page(grant, { reveal: async () => opened(15_000) });
    await store.open("g");
    expect(store.cell(r1)).toMatchObject({ viewMs: 60_000, goneMs: 45_000 });
  });
});

describe("a value is gone", () => {
  test("at the end of its window, counted from before the question", async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return opened(1_000);
    };
    const { store, looks } = page(grant, { reveal: slow });
    const opening = store.open("g");
    await vi.advanceTimersByTimeAsync(400);
    await opening;
    await vi.advanceTimersByTimeAsync(590);
    expect(looks()).toEqual(["revealed", "revealed"]);
    await vi.advanceTimersByTimeAsync(15);
    expect(looks()).toEqual(["ended", "ended"]);
    expect(isShown(store)).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(looks()).toEqual(["masked", "masked"]);
  });

  test("when the machine slept past the end, at the first look", async () => {
    const { store } = page();
    await store.open("g");
    // Timers did not run, only the wall clock moved.
    vi.setSystemTime(Date.now() + 61_000);
    store.tick();
    expect(isShown(store)).toBe(false);
  });

  test("though somebody sets the clock back", async () => {
    const { store } = page();
    await store.open("g");
    vi.setSystemTime(Date.now() - 3600_000);
    await vi.advanceTimersByTimeAsync(60_001);
    expect(isShown(store)).toBe(false);
  });

  test("when the grant is revoked, within the next answer", async () => {
    const { store, pulse } = page();
    await store.open("g");
    pulse("revoked");
    expect(isShown(store)).toBe(false);
    expect(store.snapshot().grants[0]?.state).toBe("revoked");
  });

  test("when the server does not name the grant any more", async () => {
    const { store } = page();
    await store.open("g");
    store.hear({ kind: "live", live: { grants: [], inboxCount: 0, mark: "" }, sentAt: now() });
    expect(isShown(store)).toBe(false);
  });

  test.each(["lost", "signed-out"] as const)("when the server cannot be asked: %s", async (kind) => {
    const { store } = page();
    await store.open("g");
    store.hear({ kind });
    expect(isShown(store)).toBe(false);
    expect(store.snapshot().trouble).not.toBeNull();
  });

  test("when it is given back, before the server has answered", async () => {
    const { store } = page(grant, { giveBack: () => new Promise(() => {}) });
    await store.open("g");
    void store.giveBack("g");
    expect(isShown(store)).toBe(false);
  });

  test("when the page is left, and can be revealed again within the same window", async () => {
    const { store, looks } = page();
    await store.open("g");
    store.hide();
    expect(isShown(store)).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(looks()).toEqual(["granted", "granted"]);
    await store.open("g");
    expect(looks()).toEqual(["revealed", "revealed"]);
  });
});

test("hiding the values of one grant leaves those of another, and what is just being opened", async () => {
  const { store, actions } = page();
  const other: CellKey = { ...r1, grantId: "h" };
  store.setGrants([grant, { ...grant, id: "h" }]);
  store.add(other);
  await store.open("g");
  store.hide("h");
  expect(isShown(store)).toBe(true);
  const opening = store.open("h");
  store.hide("g");
  await opening;
  expect(actions.reveal).toHaveBeenCalledTimes(2);
  expect([store.cell(r1).look, store.cell(other).look]).toEqual(["ended", "revealed"]);
});

describe("nothing is lit", () => {
  test("by an answer that comes after the page was left", async () => {
    let answer: (value: ReturnType<typeof opened>) => void = () => {};
    const { store } = page(grant, { reveal: () => new Promise((resolve) => (answer = resolve)) });
    const opening = store.open("g");
    await vi.advanceTimersByTimeAsync(1);
    store.hide();
    answer(opened(60_000));
    await opening;
    expect(isShown(store)).toBe(false);
  });

  test("by an answer that comes after the grant was revoked", async () => {
    let answer: (value: ReturnType<typeof opened>) => void = () => {};
    const { store, pulse, looks } = page(grant, {
      reveal: () => new Promise((resolve) => (answer = resolve)),
    });
    const opening = store.open("g");
    await vi.advanceTimersByTimeAsync(1);
    pulse("revoked");
    answer(opened(60_000));
    await opening;
    expect(isShown(store)).toBe(false);
    expect(looks()).toEqual(["masked", "masked"]);
  });

  test("by a refusal or a broken connection; the words say so", async () => {
    const no = { ok: false as const, what: "This grant was revoked.", next: "Send a new request." };
    const refused = page(grant, { reveal: async () => no });
    await refused.store.open("g");
    expect(refused.store.snapshot().trouble).toEqual({ what: no.what, next: no.next });
    expect(refused.looks()).toEqual(["granted", "granted"]);
    const broken = page(ready, { activate: () => Promise.reject(new Error("offline")) });
    await broken.store.open("g");
    expect(broken.store.snapshot().trouble?.what).toBe("Glimpse did not answer.");
    expect(broken.actions.reveal).not.toHaveBeenCalled();
  });
});

describe("a copy", () => {
  test("hands the value out only after it is on record", async () => {
    let recorded: () => void = () => {};
    const { store } = page(grant, {
      recordCopy: () => new Promise((resolve) => (recorded = () => resolve({ ok: true, output: null }))),
    });
    await store.open("g");
    let copied: string | null | undefined;
    const copying = store.copy(r1).then((value) => (copied = value));
    await vi.advanceTimersByTimeAsync(1);
    expect(copied).toBeUndefined();
    recorded();
    await copying;
    expect(copied).toBe("secret of r1");
  });

  test("hands out nothing when it was refused, or when the value is gone meanwhile", async () => {
    const refused = page(grant, { recordCopy: async () => ({ ok: false, what: "No.", next: "No." }) });
    await refused.store.open("g");
    expect(await refused.store.copy(r1)).toBeNull();
    const late = page(grant, {
      recordCopy: async () => {
        late.store.hide();
        return { ok: true, output: null };
      },
    });
    await late.store.open("g");
    expect(await late.store.copy(r1)).toBeNull();
  });
});

test("no doubt about time lengthens a window: a later answer can only shorten it", async () => {
  const { store, pulse } = page();
  await store.open("g");
  pulse("active", 5_000);
  pulse("active", 500_000);
  await vi.advanceTimersByTimeAsync(5_001);
  expect(isShown(store)).toBe(false);
});
