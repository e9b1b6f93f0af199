import { expect, test } from "vitest";
import { Pace } from "./keep-pace";

/** Keeps the thread busy, as a slow policy does. */
function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("a deed of many slow steps lets others have their turn between them", async () => {
  const pace = new Pace(60_000);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  for (let at = 0; at < 10; at++) {
    busy(25);
    await pace.step();
  }
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(5);
});

test("a deed that takes longer than its time is refused", async () => {
  const pace = new Pace(10);
  await pace.step();
  busy(15);
  await expect(pace.step()).rejects.toMatchObject({ code: "replay-too-long" });
});
