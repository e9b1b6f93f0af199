import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInClasses, dataClasses, proposedMask } from "@/lib/catalog/classes";
import { typeCategories, type ColumnType } from "@/lib/catalog/column-type";
import { classChoicesOf, maskChoices } from "@/lib/catalog/mask-choices";
import { chosenFor as chosenOf, reviewCounts, reviewOf, shortType } from "@/lib/catalog/review";
import { shownAs } from "@/lib/catalog/shown-as";
import { surenessOf } from "@/lib/catalog/sureness";
import type { CatalogColumn } from "@/lib/catalog/table";
import { maskFits, maskKey, maskSchema, type Mask } from "@/lib/masking/mask";
import { catalogTable } from "@/lib/testing/catalog-table";

const chosenFor = (column: CatalogColumn) => chosenOf(column, builtInClasses);
const classChoices = classChoicesOf(builtInClasses);

const typeOf = (category: ColumnType["category"]): ColumnType => ({
  name: category,
  category,
  base: { schema: "pg_catalog", name: category },
});

function column(change: Partial<CatalogColumn>): CatalogColumn {
  const facts = {
    id: "c",
    name: "c",
    ordinal: 1,
    nullable: true,
    generated: false,
    comment: null,
    proposal: { classId: "email", confidence: 0.95, why: "" },
    confirmedBy: null,
    confirmedAt: null,
    lastMask: null,
    version: 1,
    type: typeOf("text"),
    typeName: "text",
    state: "unconfirmed" as const,
    classId: null,
    mask: { method: "hidden" } as Mask,
    confirmedType: null,
    readable: true,
    gone: false,
    ...change,
  };
  return { ...facts, shown: shownAs(facts) };
}

describe("what is chosen when a review opens", () => {
  test("is what was proposed", () => {
    expect(chosenFor(column({}))).toEqual({ classId: "email", mask: { method: "partial", shape: "email" } });
  });

  test("is what is confirmed, or what was before the column changed, where it still fits", () => {
    const confirmed = {
      state: "confirmed",
      classId: "phone",
      mask: { method: "redact" },
      confirmedType: "text",
    } as const;
    expect(chosenFor(column(confirmed))).toEqual({ classId: "phone", mask: { method: "redact" } });
    const changed = { state: "suspended", classId: "phone", lastMask: { method: "pseudonym" } } as const;
    expect(chosenFor(column(changed))).toEqual({ classId: "phone", mask: { method: "pseudonym" } });
    expect(chosenFor(column({ ...changed, type: typeOf("json") }))).toEqual({
      classId: "email",
      mask: { method: "redact" },
    });
  });

  test("is never clear by a guess", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.699, noNaN: true }),
        fc.constantFrom(...typeCategories),
        (confidence, category) => {
          const guess = column({
            type: typeOf(category),
            proposal: { classId: "none", confidence, why: "" },
          });
          expect(chosenFor(guess).mask).toBeNull();
        },
      ),
    );
  });
});

test("columns are grouped by what they need", () => {
  const confirmed = {
    state: "confirmed",
    classId: "email",
    mask: { method: "redact" },
    confirmedType: "text",
  } as const;
  const proposal = (confidence: number) => ({ proposal: { classId: "email", confidence, why: "" } });
  const columns = [
    column({ name: "sure" }),
    column({ name: "likely", ...proposal(0.7) }),
    column({ name: "unsure", ...proposal(0.6) }),
    column({ name: "confirmed", ...confirmed }),
    column({ name: "retyped", ...confirmed, typeName: "int4" }),
    column({ name: "suspended", state: "suspended", classId: "email" }),
    column({ name: "gone", ...confirmed, gone: true }),
  ];
  const review = reviewOf(catalogTable(columns, ["sure"]), builtInClasses);
  expect(review.columns.map(({ name, group }) => `${name} is ${group}`)).toEqual([
    "sure is sure",
    "likely is likely",
    "unsure is unsure",
    "confirmed is confirmed",
    "retyped is changed",
    "suspended is changed",
    "gone is gone",
  ]);
  expect(reviewCounts(review.columns)).toEqual({
    columns: 6,
    confirmed: 1,
    changed: 2,
    sure: 1,
    likely: 1,
    unsure: 1,
  });
  expect(review.columns[0]?.isKey).toBe(true);
});

test("a confidence that came back from a four-byte float is in the group it was stored in", () => {
  expect([Math.fround(0.9), Math.fround(0.7), Math.fround(0.6)].map(surenessOf)).toEqual([
    "sure",
    "likely",
    "unsure",
  ]);
});

describe("masks to choose from", () => {
  test.each(typeCategories)(
    "all fit %s, parse, differ, and hold the mask of every class and what was chosen",
    (category) => {
      const type = typeOf(category);
      const odd: Mask = { method: "partial", shape: "last", keep: 6 };
      const choices = maskChoices(type, builtInClasses, [odd]);
      for (const { mask } of choices) {
        expect(maskFits(type, mask)).toBe(true);
        expect(maskSchema.parse(mask)).toEqual(mask);
      }
      const keys = choices.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toEqual(expect.arrayContaining(["clear", "hidden", "redact"]));
      for (const { id } of dataClasses) expect(keys).toContain(maskKey(proposedMask(id, type)));
      expect(keys.includes(maskKey(odd))).toBe(maskFits(type, odd));
    },
  );

  test("the classes begin with none, which is clear", () => {
    expect(classChoices[0]).toMatchObject({ id: "none", maskKey: "clear" });
    expect(classChoices).toHaveLength(dataClasses.length + 1);
  });
});

test("long names of types are shortened", () => {
  expect(
    [
      "timestamp(3) with time zone",
      "character varying(45)",
      "character(2)",
      "double precision",
      "text[]",
    ].map(shortType),
  ).toEqual(["timestamptz(3)", "varchar(45)", "char(2)", "float8", "text[]"]);
});
