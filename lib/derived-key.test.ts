import { hkdfSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { derivedKey } from "./derived-key";

test("a key is what HKDF gives, the first time and every time after", () => {
  const root = randomBytes(32);
  const wanted = Buffer.from(hkdfSync("sha256", root, Buffer.alloc(0), "a use", 32));
  expect(derivedKey(root, "a use")).toEqual(wanted);
  expect(derivedKey(root, "a use")).toEqual(wanted);
});

test("another use and another root key give another key", () => {
  const root = randomBytes(32);
  expect(derivedKey(root, "a use")).not.toEqual(derivedKey(root, "another"));
  expect(derivedKey(root, "a use")).not.toEqual(derivedKey(randomBytes(32), "a use"));
});
