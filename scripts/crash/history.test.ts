import { expect, test } from "vitest";
import { faultsOf, type History } from "./history";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";

type Told = { code?: string; mark?: string; grantId?: string; atMs?: number };

const rowOf = ({ code = "source.scanned", mark, grantId, atMs = 0 }: Told, seq: number) => {
  const details = mark === undefined ? {} : { details: { mark } };
  const entry = JSON.stringify({
    ...{ seq, code, outcome: "success", occurredUs: atMs * 1_000 },
    ...details,
    ...(grantId === undefined ? {} : { grantId }),
  });
  return { seq, entry, leafHash: leafHash(entry).toString("hex") };
};

function rootOf(rows: History["rows"], size = rows.length): { size: number; root: string } {
  const tree = new GrowingTree();
  for (const { entry } of rows.slice(0, size)) tree.append(leafHash(entry));
  return { size, root: tree.root().toString("hex") };
}

/** A log of these events whose head fits, and whatever else was observed. */
function historyOf(events: readonly Told[], observed: Partial<History> = {}): History {
  const rows = events.map(rowOf);
  return { acknowledged: [], received: [], seen: [], rows, head: rootOf(rows), ...observed };
}

const told = (mark: string, startedMs = 0, toldMs = 10) => ({ mark, startedMs, toldMs });

test("a history in which nothing was lost has no fault, and events that nobody was told of are none", () => {
  const events = [{ mark: "a" }, { mark: "not told" }, { code: "reveal.opened", grantId: "g", atMs: 5 }];
  const { rows } = historyOf(events);
  const observed = {
    acknowledged: [told("a")],
    received: [{ grantId: "g", atMs: 7 }],
    seen: [rootOf(rows, 0), rootOf(rows, 2), rootOf(rows)],
  };
  expect(faultsOf(historyOf(events, observed))).toEqual([]);
  expect(faultsOf(historyOf([]))).toEqual([]);
});

test("an event that was acknowledged and is not there is lost", () => {
  expect(faultsOf(historyOf([{ mark: "a" }], { acknowledged: [told("a"), told("b")] }))).toEqual([
    "b was acknowledged and is lost.",
  ]);
});

test("an event that is there twice is found", () => {
  const events = [{ mark: "a" }, {}, { mark: "a" }];
  expect(faultsOf(historyOf(events, { acknowledged: [told("a")] }))).toEqual([
    "a is in the log twice: 0 and 2.",
  ]);
});

test("a number that is missing, or there twice, is a gap", () => {
  const rows = [rowOf({}, 0), rowOf({}, 2)];
  expect(faultsOf({ ...historyOf([]), rows, head: rootOf(rows) })).toEqual([
    "There is a gap: number 1 is 2.",
  ]);
  const twice = [rowOf({}, 0), rowOf({}, 0)];
  expect(faultsOf({ ...historyOf([]), rows: twice, head: rootOf(twice) })).toEqual([
    "There is a gap: number 1 is 0.",
  ]);
});

test("a log that does not go on from what was seen is a fork, or was cut", () => {
  const { rows } = historyOf([{ mark: "a" }, { mark: "b" }, { mark: "c" }]);
  const seen = [rootOf(rows, 2), rootOf(rows, 3)];
  expect(faultsOf(historyOf([{ mark: "a" }, { mark: "other" }, { mark: "c" }], { seen }))).toEqual([
    "The first 2 events are not those that were seen.",
    "The first 3 events are not those that were seen.",
  ]);
  expect(faultsOf(historyOf([{ mark: "a" }, { mark: "b" }], { seen }))).toEqual([
    "The log has 2 events, and 3 were seen.",
  ]);
});

test("a head that says something else than its events, and an event with another hash, are found", () => {
  const fine = historyOf([{}, {}]);
  expect(faultsOf({ ...fine, head: { ...fine.head, size: 1 } })).toHaveLength(1);
  expect(faultsOf({ ...fine, head: { ...fine.head, root: "00" } })).toEqual([
    "The events do not add up to the head.",
  ]);
  const rows = [fine.rows[0]!, { ...fine.rows[1]!, leafHash: "00" }];
  expect(faultsOf({ ...fine, rows })).toEqual(["Event 1 does not have the hash it was given."]);
});

test("an event that stands before one that was acknowledged before it began is in the wrong order", () => {
  const acknowledged = [told("a", 20, 30), told("b", 0, 10)];
  expect(faultsOf(historyOf([{ mark: "a" }, { mark: "b" }], { acknowledged }))).toEqual([
    "a began after b was acknowledged, and stands before it.",
  ]);
  const overlapping = [told("a", 5, 30), told("b", 0, 10)];
  expect(faultsOf(historyOf([{ mark: "a" }, { mark: "b" }], { acknowledged: overlapping }))).toEqual([]);
});

test("a value without an event, or before it, is found, however many events other grants have", () => {
  const opened = (grantId: string, atMs: number) => ({ code: "reveal.opened", grantId, atMs });
  const received = [
    { grantId: "g", atMs: 10 },
    { grantId: "g", atMs: 20 },
  ];
  expect(faultsOf(historyOf([opened("g", 5), opened("other", 6)], { received }))).toEqual([
    "Value 2 of grant g was received and has no event.",
  ]);
  expect(faultsOf(historyOf([opened("g", 5), opened("g", 25)], { received }))).toEqual([
    "Value 2 of grant g was received before its event.",
  ]);
  expect(faultsOf(historyOf([opened("g", 5), opened("g", 15), opened("g", 90)], { received }))).toEqual([]);
});

test("an alarm is a fault, since nobody has touched the log", () => {
  expect(faultsOf(historyOf([{ code: "audit.check_failed" }]))).toHaveLength(1);
});
