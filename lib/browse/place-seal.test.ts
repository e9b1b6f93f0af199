import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openPlace, sealPlace } from "./place-seal";

const key = randomBytes(32);
const place = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 65_535 }))
  .map(([block, line]) => `(${block},${line})`);

test("a place comes back from its seal, which is always as long and shows nothing of it", () => {
  fc.assert(
    fc.property(place, (text) => {
      const sealed = sealPlace(key, text);
      expect(sealed).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(openPlace(key, sealed ?? "")).toBe(text);
    }),
  );
});

test("what another key sealed, and what nobody did, opens for nobody", () => {
  expect(openPlace(key, sealPlace(randomBytes(32), "(1,1)") ?? "")).toBeNull();
  for (const forged of ["", "(1,1)", "A".repeat(22), "A".repeat(23), "=".repeat(22)])
    expect(openPlace(key, forged)).toBeNull();
  expect(sealPlace(key, "(4294967296,1)")).toBeNull();
});
