import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { LookedView } from "@/lib/audit/view";
import { LookedThrough } from "./looked-through";

const looked: LookedView = {
  ...{ direction: "older", first: 812_400, last: 862_399, left: 812_400 },
  ...{ firstAt: "2026-03-03T23:59:59.999Z", lastAt: "2026-03-09T00:00:00.000Z" },
};
const textOf = (matched: number, change: Partial<LookedView> = {}) =>
  renderToStaticMarkup(
    <LookedThrough looked={{ ...looked, ...change }} matched={matched} href="/audit?before=812400" />,
  );

test("a page that looked through a part says which numbers and days, how many match, and goes on by a link", () => {
  const none = textOf(0);
  expect(none).toContain("Looked through events 812,400 to 862,399 (3 March 2026 to 9 March 2026, UTC)");
  expect(none).toContain("none matches");
  expect(none).toContain("812,400 older ones are left");
  expect(none).toMatch(/<a [^>]*href="\/audit\?before=812400"[^>]*>Look further back<\/a>/);
  expect(textOf(1)).toContain(": 1 matches.");
  expect(textOf(7, { direction: "newer" })).toMatch(/7 match\..*newer ones are left.*Look further on/);
});

test("where the log was pruned to its end there are numbers without days, and one day is named once", () => {
  expect(textOf(0, { firstAt: null })).toContain("events 812,400 to 862,399:");
  expect(textOf(0, { lastAt: "2026-03-03T23:59:59.999Z" })).toContain("(3 March 2026, UTC)");
});
