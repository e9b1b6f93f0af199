import { expect, test } from "vitest";
import { dataClasses, proposedMask } from "@/lib/catalog/classes";
import { type ColumnType, type TypeCategory, typeCategories } from "@/lib/catalog/column-type";
import {
  describeMask,
  kindOf,
  type Mask,
  maskFits,
  maskKey,
  maskKinds,
  maskName,
  maskSchema,
} from "@/lib/masking/mask";
import { partialLevel } from "@/lib/catalog/partial-level";
import { builtInType } from "@/lib/testing/masked-values";

const categories: Readonly<Record<string, TypeCategory>> = {
  text: "text",
  int4: "number",
  uuid: "uuid",
  jsonb: "json",
  inet: "inet",
  money: "money",
  bytea: "bytea",
  point: "geometry",
  daterange: "range",
  int4range: "range",
};

const types = [
  ...typeCategories.map((category) => builtInType(category, category)),
  ...["inet", "jsonb", "point", "daterange", "int4range", "date", "int4"].map((name) =>
    builtInType(name, categories[name] ?? "date"),
  ),
  ...["text", "int4", "date", "uuid", "jsonb", "inet", "money", "bytea", "point"].map((name): ColumnType => ({
    ...builtInType(`_${name}`, "array"),
    element: builtInType(name, categories[name] ?? "date"),
  })),
];

test.each<[unknown, boolean]>([
  [{ method: "partial", shape: "last", keep: 4 }, true],
  [{ method: "generalise", to: "bucket", size: 10 }, true],
  [{ method: "hidden" }, true],
  [{ method: "partial", shape: "last", keep: 7 }, false],
  [{ method: "partial", shape: "last", keep: 0 }, false],
  [{ method: "partial", shape: "middle" }, false],
  [{ method: "partial", shape: "card", bin: 7 }, false],
  [{ method: "redact", text: "" }, false],
  [{ method: "redact", text: "a\u0000b" }, false],
  [{ method: "elements", of: { method: "clear" } }, false],
  [{ method: "elements", of: { method: "shift", person: "id" } }, false],
  [{ method: "elements", of: { method: "elements", of: { method: "pseudonym" } } }, false],
  [{ method: "pseudonym", as: "clear" }, false],
  [{ method: "generalise", to: "bucket", size: 1 }, false],
  [{ method: "clear", keep: 4 }, false],
  [{ method: "none" }, false],
  [{}, false],
  [null, false],
])("the schema takes %j: %s", (mask, taken) => {
  expect(maskSchema.safeParse(mask).success).toBe(taken);
});

/** Every mask that is offered: with each of them, its kind. */
const offered = maskKinds.flatMap((kind) => (kind.usual as readonly Mask[]).map((mask) => ({ kind, mask })));

test("every mask that is offered is stored and read back as it is, by the kind that offers it", () => {
  expect(offered.length).toBeGreaterThan(80);
  for (const { kind, mask } of offered) {
    expect(maskSchema.parse(JSON.parse(JSON.stringify(mask)))).toEqual(mask);
    expect(kindOf(mask)).toBe(kind);
    expect(types.some((type) => maskFits(type, mask))).toBe(true);
  }
  expect(new Set(offered.map(({ mask }) => maskKey(mask))).size).toBe(offered.length);
  expect(new Set(maskKinds.map(({ id }) => id)).size).toBe(maskKinds.length);
});

test("each mask is told in words of its own, and those that give something away say so", () => {
  const told = offered.filter(({ kind }) => kind.id !== "elements" && kind.id !== "bounds");
  expect(new Set(told.map(({ mask }) => maskName(mask))).size).toBe(told.length);
  expect(new Set(told.map(({ mask }) => describeMask(mask))).size).toBe(told.length);
  for (const { kind, mask } of offered) {
    if (kind.openness !== "clear" && kind.openness !== "none")
      expect(describeMask(mask)).toMatch(/gives away|all that PCI|equal/iu);
  }
});

test("what no mask looks into can only be clear, hidden or redacted", () => {
  for (const category of [
    "composite",
    "other",
    "enum",
    "boolean",
    "interval",
    "time",
    "bit",
    "tsvector",
  ] as const) {
    const fits = offered.filter(({ mask }) => maskFits(builtInType(category, category), mask));
    expect(fits.map(({ kind }) => kind.id)).toEqual(["clear", "redact", "hidden"]);
  }
});

test("a mask that this version does not know fits nothing and is told as hidden", () => {
  const unknown = { method: "partial", shape: "all" } as unknown as Mask;
  for (const type of types) expect(maskFits(type, unknown)).toBe(false);
  expect(describeMask(unknown)).toMatch(/^Not shown/u);
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
      const mask = partialLevel(type, id, { method: "hidden" });
      expect(mask.method).not.toBe("clear");
      expect(kindOf(mask)?.key === undefined || mask.method === "elements").toBe(true);
      expect(maskFits(type, mask)).toBe(true);
    }
});
