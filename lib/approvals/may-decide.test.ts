import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayDecide, type DecidableRequest, type Decider } from "./may-decide";

const now = new Date("2026-03-01T12:00:00Z");
const later = new Date(now.getTime() + 60_000);
const pending: DecidableRequest = {
  requesterId: "ana",
  eligibleIds: ["max", "noor"],
  state: "pending",
  createdAt: new Date(now.getTime() - 60_000),
  expiresAt: later,
  closedWhy: null,
  votes: [],
  takenIds: [],
};
const max: Decider = { id: "max", approves: true, resetAt: null };

describe("who may decide", () => {
  test("an eligible approver, while the request waits", () => {
    expect(mayDecide(max, pending, now)).toEqual({ may: true });
  });

  test.each<[string, Decider, Partial<DecidableRequest>, string]>([
    ["not the requester", { id: "ana", approves: true, resetAt: null }, {}, "own-request"],
    [
      "not the requester, even if listed",
      { id: "ana", approves: true, resetAt: null },
      { eligibleIds: ["ana"] },
      "own-request",
    ],
    ["not somebody who was not asked", { id: "zoe", approves: true, resetAt: null }, {}, "not-an-approver"],
    [
      "not somebody who lost the role since",
      { id: "max", approves: false, resetAt: null },
      {},
      "not-permitted",
    ],
    ["not twice", max, { votes: [{ approverId: "max" }] }, "already-voted"],
    ["not when somebody who stands in for them has", max, { takenIds: ["max"] }, "voted-for-you"],
    [
      "not after the end of the waiting time",
      max,
      { expiresAt: new Date(now.getTime() - 1) },
      "request-expired",
    ],
    ["not at the very end of it", max, { expiresAt: now }, "request-expired"],
    ["not after it was written down as expired", max, { state: "expired" }, "request-expired"],
    ["not after Glimpse closed it", max, { state: "expired", closedWhy: "key-changed" }, "request-closed"],
    [
      "not when somebody else may have come into the account since it was sent",
      { ...max, resetAt: new Date(now.getTime() - 60_000) },
      {},
      "seat-ended",
    ],
    ["not after an approval", max, { state: "approved" }, "already-decided"],
    ["not after a denial", max, { state: "denied" }, "already-decided"],
    ["not after a withdrawal", max, { state: "withdrawn" }, "already-decided"],
  ])("%s", (_, person, change, why) => {
    expect(mayDecide(person, { ...pending, ...change }, now)).toEqual({ may: false, why });
  });

  test("whatever the rest, a yes means: another person, asked, an approver now, pending and in time", () => {
    const id = fc.constantFrom("ana", "max", "noor", "zoe");
    const request = fc.record({
      requesterId: id,
      eligibleIds: fc.uniqueArray(id),
      state: fc.constantFrom("pending", "approved", "denied", "withdrawn", "expired"),
      closedWhy: fc.constantFrom(null, "key-changed"),
      createdAt: fc.constant(new Date(0)),
      expiresAt: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
      votes: fc.array(fc.record({ approverId: id }), { maxLength: 2 }),
      takenIds: fc.uniqueArray(id, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(
        fc.record({ id, approves: fc.boolean(), resetAt: fc.constant(null) }),
        request,
        (person, asked) => {
          if (!mayDecide(person, asked, now).may) return;
          expect(person.id).not.toBe(asked.requesterId);
          expect(person.approves && asked.eligibleIds.includes(person.id)).toBe(true);
          expect(asked.state === "pending" && now < asked.expiresAt).toBe(true);
          expect(asked.votes.every((vote) => vote.approverId !== person.id)).toBe(true);
          expect(asked.takenIds).not.toContain(person.id);
        },
      ),
    );
  });
});
