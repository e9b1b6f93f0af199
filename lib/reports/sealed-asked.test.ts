import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openAsked, sealAsked } from "./sealed-asked";

const key = randomBytes(32);
const ivy = { personId: "ivy", kind: "disclosures" };
const params = { record: "jane@example.test", justification: "She needs the name for a claim." };
const open = (sealed: string, { asker = ivy, root = key, now = 999 } = {}) =>
  openAsked(root, asker, { sealed, now });

test("what was asked comes back for who asked and the same kind, until it ends; for nobody else, under no other key", () => {
  const sealed = sealAsked(key, ivy, { params, until: 1000 });
  expect(open(sealed)).toEqual(params);
  expect(open(sealed, { now: 1000 })).toBeNull();
  expect(open(sealed, { asker: { ...ivy, personId: "ines" } })).toBeNull();
  expect(open(sealed, { asker: { ...ivy, kind: "exposure" } })).toBeNull();
  expect(open(sealed, { root: randomBytes(32) })).toBeNull();
});

test("what was sealed shows nothing of it, and is another each time", () => {
  const sealed = sealAsked(key, ivy, { params, until: 1000 });
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toMatch(/jane|example|record|claim/);
  expect(sealAsked(key, ivy, { params, until: 1000 })).not.toBe(sealed);
});

test("a bit that was changed, a part that is missing and any other text open nothing", () => {
  const bytes = Buffer.from(sealAsked(key, ivy, { params, until: 1000 }), "base64url");
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const forged = Buffer.from(bytes);
      forged[place]! ^= change;
      expect(open(forged.toString("base64url"))).toBeNull();
      expect(open(bytes.subarray(0, place).toString("base64url"))).toBeNull();
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => open(text) === null));
});
