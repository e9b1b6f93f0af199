import { expect, test } from "vitest";
import { isOpenToTalk, sealWords, whyNotWrite, type Talked, type Writer } from "./thread";

const now = new Date("2026-11-28T12:00:00Z");
const later = new Date("2026-11-28T13:00:00Z");
const at = (change: Partial<Talked>): Talked => ({
  request: { state: "approved", expiresAt: later },
  grant: null,
  review: null,
  ...change,
});

test("there is something to talk about while a request waits, a grant lives or a judgement is due, to the clock's tick", () => {
  expect(isOpenToTalk(at({ request: { state: "pending", expiresAt: later } }), now)).toBe(true);
  expect(isOpenToTalk(at({ request: { state: "pending", expiresAt: now } }), now)).toBe(false);
  const live = { state: "active", notBefore: null, activateBy: now, endsAt: later } as const;
  expect(isOpenToTalk(at({ grant: live }), now)).toBe(true);
  expect(isOpenToTalk(at({ grant: { ...live, endsAt: now } }), now)).toBe(false);
  expect(
    isOpenToTalk(at({ grant: { state: "revoked", notBefore: null, activateBy: later, endsAt: null } }), now),
  ).toBe(false);
  expect(isOpenToTalk(at({ review: { reviewedAt: null } }), now)).toBe(true);
  expect(isOpenToTalk(at({ review: { reviewedAt: now } }), now)).toBe(false);
  for (const state of ["denied", "withdrawn", "expired"] as const)
    expect(isOpenToTalk(at({ request: { state, expiresAt: later } }), now), state).toBe(false);
});

test("its requester and those with a seat or a vote write; who only reads, lost the role or may be another does not", () => {
  const writer: Writer = {
    isRequester: false,
    asks: false,
    decides: true,
    seated: true,
    voted: false,
    seatEnded: false,
  };
  expect(whyNotWrite(writer, true)).toBeNull();
  expect(whyNotWrite(writer, false)).toBe("thread-closed");
  expect(whyNotWrite({ ...writer, seated: false, voted: true }, true)).toBeNull();
  expect(whyNotWrite({ ...writer, seated: false }, true)).toBe("not-in-thread");
  expect(whyNotWrite({ ...writer, decides: false, voted: true }, true)).toBe("not-in-thread");
  expect(whyNotWrite({ ...writer, seatEnded: true }, true)).toBe("seat-ended");
  const requester = { ...writer, isRequester: true, decides: false, seated: false, asks: true };
  expect(whyNotWrite(requester, true)).toBeNull();
  expect(whyNotWrite({ ...requester, asks: false }, true)).toBe("not-permitted");
});

test("a seal is of these words under this salt, and of no others", () => {
  const salt = Buffer.alloc(32, 7);
  expect(sealWords("Which ticket?", salt)).toBe(sealWords("Which ticket?", Buffer.alloc(32, 7)));
  expect(sealWords("Which ticket!", salt)).not.toBe(sealWords("Which ticket?", salt));
  expect(sealWords("Which ticket?", Buffer.alloc(32, 8))).not.toBe(sealWords("Which ticket?", salt));
});
