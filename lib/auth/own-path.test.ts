import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath } from "./own-path";

const own = "https://glimpse.example.org";

test.each([
  ["/browse/shop/public/customers?sort=name", "/browse/shop/public/customers?sort=name"],
  ["/requests/12#history", "/requests/12#history"],
  ["/", "/"],
])("a path of ours is kept: %s", (wanted, expected) => {
  expect(ownPath(wanted)).toBe(expected);
});

test.each([
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/%0a//evil.example\n",
  "/.//evil.example",
  "/..//evil.example",
  "/%2e//evil.example/",
  "javascript:alert(1)",
  "data:text/html,x",
  " https://evil.example",
  "evil.example",
  "",
  "/sign-in?callbackUrl=/x",
  "/join?token=x",
  "/api/auth/csrf",
  undefined,
  ["/browse", "/browse"],
  `/${"a".repeat(3000)}`,
])("what is not a page of ours becomes home: %s", (wanted) => {
  expect(ownPath(wanted)).toBe("/");
});

test("whatever is asked for, a browser stays here, also when it reads the answer twice", () => {
  const tricky = fc.string({
    unit: fc.constantFrom("/", "\\", ".", ":", "@", "%", "2", "f", "e", "\t", "\n", " ", "x", "?", "#"),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        tricky,
        tricky.map((text) => `/${text}`),
        fc.string(),
      ),
      (wanted) => {
        const once = new URL(ownPath(wanted), own);
        const twice = new URL(once.pathname + once.search, own);
        expect([once.origin, twice.origin]).toEqual([own, own]);
      },
    ),
    { numRuns: 3000 },
  );
});
