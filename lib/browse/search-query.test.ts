import fc from "fast-check";
import { expect, test } from "vitest";
import { after } from "@/lib/browse/search-query";

const bytes = (text: string) => Buffer.from(text, "utf8");

test("the end of a prefix lies after all that begins with it, and before or at all that does not", () => {
  const text = fc
    .string({ unit: "binary", minLength: 1, maxLength: 6 })
    .filter((one) => !/\p{Cs}/u.test(one));
  fc.assert(
    fc.property(text, text, text, (prefix, more, other) => {
      const end = after(prefix);
      if (end === null) return;
      expect(bytes(prefix + more).compare(bytes(end))).toBeLessThan(0);
      const isBetween = bytes(other).compare(bytes(prefix)) >= 0 && bytes(other).compare(bytes(end)) < 0;
      expect(isBetween).toBe(other.startsWith(prefix));
    }),
  );
});

test("a prefix of the last characters there are has an end where it can have one", () => {
  expect(after("a\u{10ffff}")).toBe("b");
  expect(after("\u{10ffff}")).toBeNull();
  expect(after("\ud7ff")).toBe("\ue000");
});
