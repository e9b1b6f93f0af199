import { expect, test } from "vitest";
import { BLIND_MS, endOf, LOST_SECONDS, type Standing } from "./ending";

const fine: Standing = { isCancelled: false, isSessionLive: true, isStopped: false, roles: ["agent"] };
const why = (change: Partial<Standing>) => {
  const end = endOf({ ...fine, ...change }, "browse");
  return end && "why" in end ? end.why : end;
};

test("a download goes on only while its session lives, its person may do it, nothing is stopped and nobody cancelled it", () => {
  expect(why({})).toBeNull();
  expect(why({ isSessionLive: false })).toBe("session-ended");
  expect(why({ roles: ["auditor", "admin"] })).toBe("not-permitted");
  expect(why({ roles: [] })).toBe("not-permitted");
  expect(why({ isStopped: true })).toBe("access-stopped");
  expect(why({ isCancelled: true })).toBe("asked");
});

test("one of which the database knows nothing any more has been given up, and ends", () => {
  expect(endOf(undefined, "browse")).toEqual({ state: "broken", why: "lost" });
});

test("who loses the rights is told that, not that they cancelled", () => {
  expect(why({ isCancelled: true, roles: [] })).toBe("not-permitted");
});

test("an instance that is blind has ended its downloads before others take them for lost", () => {
  expect(BLIND_MS).toBeLessThan(LOST_SECONDS * 1_000);
});
