import fc from "fast-check";
import { expect, test } from "vitest";
import { ClearColumn } from "@/lib/catalog/clear-column";
import type { ColumnType } from "@/lib/catalog/column-type";
import { shownAs, type ColumnFacts } from "@/lib/catalog/shown-as";
import type { Mask } from "@/lib/masking/mask";

const text: ColumnType = { name: "text", category: "text", base: { schema: "pg_catalog", name: "text" } };
const clearEmail = {
  id: "c",
  name: "email",
  nullable: false,
  type: text,
  typeName: "pg_catalog.text",
  state: "confirmed",
  classId: "none",
  mask: { method: "clear" },
  confirmedType: "pg_catalog.text",
  readable: true,
  gone: false,
} as const satisfies ColumnFacts & { id: string; name: string; nullable: boolean };

test("a confirmed column shows under its own mask", () => {
  expect(shownAs(clearEmail)).toEqual({ mask: { method: "clear" }, why: "confirmed" });
  expect(shownAs({ ...clearEmail, mask: { method: "pseudonym" } }).mask.method).toBe("pseudonym");
});

test.each([
  ["unconfirmed", { state: "unconfirmed" }],
  ["suspended", { state: "suspended" }],
  ["unconfirmed", { classId: null }],
  ["unconfirmed", { confirmedType: null }],
  ["retyped", { typeName: "pg_catalog.varchar(20)" }],
  ["retyped", { mask: { method: "generalise", to: "year" } }],
  ["unreadable", { readable: false }],
  ["gone", { gone: true }],
] as const)("a column is hidden when it is %s: %j", (why, change: Partial<ColumnFacts>) => {
  const column = { ...clearEmail, ...change };
  expect(shownAs(column)).toEqual({ mask: { method: "hidden" }, why });
  expect(ClearColumn.of(column)).toBeNull();
});

const masks: Mask[] = [
  { method: "clear" },
  { method: "hidden" },
  { method: "redact" },
  { method: "partial", shape: "email" },
  { method: "pseudonym" },
  { method: "generalise", to: "bucket" },
];

test("whatever a row says, only a confirmed, present, unchanged, readable column shows more than nothing", () => {
  const anyColumn = fc.record({
    type: fc.constant(text),
    typeName: fc.constantFrom("a", "b"),
    state: fc.constantFrom("unconfirmed", "confirmed", "suspended"),
    classId: fc.constantFrom("none", null),
    mask: fc.constantFrom(...masks),
    confirmedType: fc.constantFrom("a", "b", null),
    readable: fc.boolean(),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(anyColumn, (column) => {
      const { mask } = shownAs(column);
      if (mask.method === "hidden") return;
      expect(column).toMatchObject({ state: "confirmed", classId: "none", readable: true, gone: false });
      expect(column.confirmedType).toBe(column.typeName);
      expect(mask).toBe(column.mask);
    }),
  );
});

test("what only looks like a clear column is not one", () => {
  const real = ClearColumn.of(clearEmail);
  expect(real?.name).toBe("email");
  if (real) ClearColumn.assertGenuine(real);
  expect(() => ClearColumn.assertGenuine(Object.assign({}, real) as ClearColumn)).toThrow(
    "Not a clear column",
  );
});
