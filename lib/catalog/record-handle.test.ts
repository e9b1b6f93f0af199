import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeHandle, parseHandle, type RecordKey } from "@/lib/catalog/record-handle";

const keyText = fc.string({ unit: "binary", maxLength: 40 }).filter((value) => !value.includes("\0"));
const values = fc.array(keyText, { minLength: 1, maxLength: 4 });

test("a handle reads back to the key it was made of, and fits a URL as it is", () => {
  fc.assert(
    fc.property(values, (texts) => {
      const key: RecordKey = { kind: "values", values: texts };
      const handle = encodeHandle(key);
      expect(handle).toMatch(/^[\w-]+$/u);
      expect(parseHandle(handle)).toEqual(key);
    }),
  );
});

test("a record has one handle: no other spelling is read", () => {
  const forged = (json: string) => Buffer.from(json).toString("base64url");
  for (const json of [
    `["a", "b"]`,
    `["a"] `,
    `[1]`,
    `["a",1]`,
    `[null]`,
    `[]`,
    `{}`,
    `"a"`,
    `["\\u0061"]`,
    `["a\\u0000"]`,
    `[["a"]]`,
    "",
    "[",
    "null",
  ]) {
    expect(parseHandle(forged(json)), json).toBeNull();
  }
  const handle = encodeHandle({ kind: "values", values: ["a"] });
  for (const spelling of [
    `${handle}=`,
    ` ${handle}`,
    `${handle}A`,
    handle.toLowerCase(),
    Buffer.from('["a"]').toString("hex"),
  ]) {
    expect(parseHandle(spelling), spelling).toBeNull();
  }
});

test("any text at all is read or refused, and never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (handle) => {
      const key = parseHandle(handle);
      expect(key === null || encodeHandle(key) === handle).toBe(true);
    }),
  );
  expect(parseHandle("A".repeat(5_000))).toBeNull();
});

test("a token is 32 hexadecimal digits and nothing else", () => {
  const token = `t_${"0a".repeat(16)}`;
  expect(parseHandle(token)).toEqual({ kind: "token", token });
  expect(parseHandle(token.toUpperCase())).toBeNull();
  expect(parseHandle(`${token}0`)).toBeNull();
  expect(parseHandle(`${token}\n`)).toBeNull();
});
