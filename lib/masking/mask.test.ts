import { expect, test } from "vitest";
import { dataClasses, proposedMask } from "@/lib/catalog/classes";
import { typeCategories } from "@/lib/catalog/column-type";
import { describeMask, type Mask, maskFits, maskSchema, masksFor } from "@/lib/masking/mask";
import { partialLevel } from "@/lib/masking/partial-level";
import { builtInType } from "@/lib/testing/masked-values";

const types = typeCategories.map((category) => builtInType(category, category));

test("what cannot be looked into can only be clear, hidden or redacted", () => {
  for (const category of [
    "composite",
    "range",
    "other",
    "json",
    "bytea",
    "array",
    "geometry",
    "xml",
    "enum",
    "boolean",
  ] as const) {
    expect(masksFor(builtInType(category, category))).toEqual(["clear", "hidden", "redact"]);
  }
});

test.each<[unknown, boolean]>([
  [{ method: "partial", shape: "last", keep: 4 }, true],
  [{ method: "generalise", to: "bucket", size: 10 }, true],
  [{ method: "hidden" }, true],
  [{ method: "partial", shape: "last", keep: 7 }, false],
  [{ method: "partial", shape: "last", keep: 0 }, false],
  [{ method: "partial", shape: "first" }, false],
  [{ method: "generalise", to: "bucket", size: 1 }, false],
  [{ method: "clear", keep: 4 }, false],
  [{ method: "none" }, false],
  [{}, false],
  [null, false],
])("the schema takes %j: %s", (mask, taken) => {
  expect(maskSchema.safeParse(mask).success).toBe(taken);
});

test("each mask is told in words, and those that give something away say so", () => {
  const masks: Mask[] = [
    { method: "clear" },
    { method: "hidden" },
    { method: "redact" },
    { method: "pseudonym" },
    { method: "partial", shape: "last" },
    { method: "partial", shape: "email" },
    { method: "partial", shape: "phone" },
    { method: "generalise", to: "year" },
    { method: "generalise", to: "bucket" },
  ];
  expect(new Set(masks.map(describeMask)).size).toBe(masks.length);
  for (const mask of masks.slice(3)) expect(describeMask(mask)).toMatch(/Gives away|Equal values/u);
});

test("the mask proposed for a class fits the type, whatever the type", () => {
  for (const type of types)
    for (const { id } of dataClasses) expect(maskFits(type, proposedMask(id, type))).toBe(true);
  expect(proposedMask("none", builtInType("text", "text"))).toEqual({ method: "clear" });
  expect(proposedMask("no-such-class", builtInType("text", "text"))).toEqual({ method: "hidden" });
});

test("a partial level never shows all of a value, whatever its class and type", () => {
  for (const type of types)
    for (const { id } of dataClasses) {
      const mask = partialLevel(type, id);
      expect(["redact", "partial", "generalise"]).toContain(mask.method);
      expect(maskFits(type, mask)).toBe(true);
    }
});
