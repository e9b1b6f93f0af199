import { expect, test } from "vitest";
import fc from "fast-check";
import type { ColumnType } from "@/lib/catalog/column-type";
import { maskedText as dots } from "@/lib/masking/dots";
import { maskKeys } from "@/lib/masking/keys";
import type { Mask } from "@/lib/masking/mask";
import { useMaskSource } from "@/lib/testing/mask-cases";
import { builtInType, testOwner, testPool, testRootKey, textType } from "@/lib/testing/masked-values";

const { show, cases } = useMaskSource(testPool);

const jsonb = builtInType("jsonb", "json");
const json = builtInType("json", "json");
const date = builtInType("date", "date");
const int4 = builtInType("int4", "number");
const arrayOf = (element: ColumnType): ColumnType => ({
  ...builtInType(`_${element.base.name}`, "array"),
  element,
});

const document: Mask = { method: "document" };
cases(
  document,
  [
    ['{"a": 1}', '{"a": "•••"}'],
    [
      '{"a": "x", "b": [1, "y", null, true, -1.5e3]}',
      '{"a": "•••", "b": ["•••", "•••", "•••", "•••", "•••"]}',
    ],
    ['{"a": {"b": {"c": "x"}}}', '{"a": {"b": {"c": "•••"}}}'],
    ['{"jane@example.com": 1}', '{"•••": "•••"}'],
    ['{"a b": 1, "c d": 2, "e": 3}', '{"e": "•••", "•••": "•••"}'],
    ['{"a": "b\\"c: 1"}', '{"a": "•••"}'],
    ['{"a": "\\\\"}', '{"a": "•••"}'],
    ['{"true": false, "null": null}', '{"null": "•••", "true": "•••"}'],
    ['{"a": "1, 2", "b": ": 5"}', '{"a": "•••", "b": "•••"}'],
    ['{"": ""}', '{"•••": "•••"}'],
    ['"text"', '"•••"'],
    ["42", '"•••"'],
    ["null", '"•••"'],
    ["{}", dots],
    ["[]", dots],
    ['"•••"', dots],
    ['{"a": "•••"}', dots],
    [`{"a": "${"x".repeat(30_000)}"}`, dots],
    [`${"[".repeat(600)}${"]".repeat(600)}`, dots],
  ],
  jsonb,
);
cases(
  document,
  [
    ['{"a" : 1 }', '{"a": "•••"}'],
    ['{"a": "\\u0000"}', dots],
    ['"\\ud800"', dots],
    ['{"a": "\\u00e9"}', dots],
    ["1e999999", dots],
    ['{"a": 1, "a": 2}', '{"a": "•••"}'],
  ],
  json,
);
const allowed: Mask = { method: "document", allow: [["theme"], ["address", "city"], ["tags", "0"]] };
cases(
  allowed,
  [
    ['{"theme": "dark", "name": "Jane"}', '{"name": "•••", "theme": "dark"}'],
    ['{"address": {"city": "Ely", "street": "High St"}}', '{"address": {"city": "Ely", "street": "•••"}}'],
    ['{"tags": ["a", "b"]}', '{"tags": ["a", "•••"]}'],
    ['{"tags": {"0": "a", "1": "b"}}', '{"tags": {"•••": "•••"}}'],
    ['{"theme": {"name": "dark"}, "x": 1}', '{"x": "•••", "theme": {"name": "dark"}}'],
    ['{"theme": null, "x": 1}', '{"x": "•••", "theme": null}'],
    ['{"address": "High St, Ely"}', '{"address": "•••"}'],
    ['{"address": ["Ely"]}', '{"address": ["•••"]}'],
    ['{"theme": "dark"}', dots],
    ['["dark"]', '["•••"]'],
    ['"dark"', dots],
    ["{}", dots],
  ],
  jsonb,
);

test("no leaf of any document is left, by any text of it", async () => {
  const secret = fc.stringMatching(/^[0-9]{12}$/u);
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      secret.map(Number),
      secret,
      secret.map((text) => `: ${text}, "x\\`),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom("a", "b1", "c_d"), secret, fc.string()), tie("node"), {
        maxKeys: 4,
      }),
    ),
  })).node;
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 30 }), async (trees) => {
      const texts = trees.map((one) => JSON.stringify(one).replaceAll("\\u0000", ""));
      const shown = await show(texts, document, { type: jsonb });
      expect(shown.filter((text) => /[0-9]{11}/u.test(text ?? ""))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const each = (of: Extract<Mask, { method: "elements" }>["of"]): Mask => ({ method: "elements", of });
cases(
  each({ method: "partial", shape: "email" }),
  [
    ["{jane.roe@example.com,max}", `j•••••@example.com, ${dots}`],
    ["{jane.roe@example.com,NULL}", "j•••••@example.com, null"],
    ["{{jane.roe@example.com},{x}}", `j•••••@example.com, ${dots}`],
    ["{}", dots],
    ['{""}', dots],
  ],
  arrayOf(textType),
);
cases(
  each({ method: "partial", shape: "phone", keep: 2 }),
  [
    ['{"+49 151 23456789","030 1234567"}', "+49 •••••89, •••••67"],
    [
      `{${Array.from({ length: 22 }, () => "030 1234567").join(",")}}`,
      `${Array.from({ length: 20 }, () => "•••••67").join(", ")}, …`,
    ],
  ],
  arrayOf(textType),
);
cases(
  each({ method: "generalise", to: "bucket", size: 10 }),
  [["{1,12,-1}", "0–9, 10–19, -10 to -1"]],
  arrayOf(int4),
);
cases(
  each({ method: "generalise", to: "year" }),
  [["{1984-02-29,infinity}", `1984, ${dots}`]],
  arrayOf(date),
);
cases(each({ method: "document" }), [['{"{\\"a\\": 1}","[]"}', `{"a": "•••"}, ${dots}`]], arrayOf(jsonb));
cases(each({ method: "pseudonym" }), [["{a,b}", /^tok_[0-9a-f]{16}, tok_[0-9a-f]{16}$/u]], arrayOf(textType));
cases(
  each({ method: "pseudonym", as: "city" }),
  [["{a,NULL}", /^[A-Z][A-Za-z' ]+, null$/u]],
  arrayOf(textType),
);
cases(each({ method: "clear" }), [["{a,b}", dots]], arrayOf(textType));
cases(each({ method: "shift", person: "o" }), [["{1984-02-29}", dots]], arrayOf(date));

const bounds = (of: Extract<Mask, { method: "bounds" }>["of"]): Mask => ({ method: "bounds", of });
cases(
  bounds({ method: "generalise", to: "year" }),
  [
    ["[1984-02-29,1999-01-01)", "1984 to 1999"],
    ["[1984-02-29,)", "1984 to …"],
    ["(,)", "… to …"],
    ["empty", dots],
    ["[-infinity,infinity]", `${dots} to ${dots}`],
  ],
  builtInType("daterange", "range"),
);
cases(
  bounds({ method: "generalise", to: "month" }),
  [["[1984-02-29 10:00,1999-01-01 00:00)", "1984-02 to 1999-01"]],
  builtInType("tstzrange", "range"),
);
cases(
  bounds({ method: "generalise", to: "bucket", size: 100 }),
  [
    ["[5,250)", "0–99 to 200–299"],
    ["empty", dots],
  ],
  builtInType("int4range", "range"),
);
cases(
  bounds({ method: "generalise", to: "round", size: 10 }),
  [["[1.5,NaN]", `≈ 0 to ${dots}`]],
  builtInType("numrange", "range"),
);
cases(bounds({ method: "pseudonym" }), [["[1,5)", dots]], builtInType("int4range", "range"));

const shift: Mask = { method: "shift", person: "o" };
const dayOf = (text: string | null | undefined) =>
  Date.parse(`${text ?? ""}Z`.replace(" ", "T")) / 86_400_000;

cases(
  shift,
  [
    ["0044-03-15 BC", dots],
    ["infinity", dots],
    ["9999-12-31", dots],
    ["2000-01-01", /^\d{4}-\d\d-\d\d$/u],
  ],
  date,
);
cases(
  shift,
  [
    ["2000-01-01 12:34:56", /^\d{4}-\d\d-\d\d \d\d:\d\d$/u],
    ["-infinity", dots],
  ],
  builtInType("timestamptz", "timestamp"),
);

test("all dates of one person move by the same days, at least one and at most as many as were asked for", async () => {
  const dates = Array.from({ length: 300 }, () => "2000-01-01");
  const shown = await show(dates, shift, { type: date });
  const moved = shown.map((text) => dayOf(text) - dayOf("2000-01-01"));
  expect(moved.every((days) => Math.abs(days) >= 1 && Math.abs(days) <= 182)).toBe(true);
  expect(new Set(moved).size).toBeGreaterThan(100);
  expect(Math.min(...moved)).toBeLessThan(-90);
  expect(Math.max(...moved)).toBeGreaterThan(90);
  const later = await show(
    dates.map(() => "2010-06-15"),
    shift,
    { type: date },
  );
  expect(later.map((text) => dayOf(text) - dayOf("2010-06-15"))).toEqual(moved);
  expect(
    await show(dates, shift, { type: date, keys: maskKeys(testRootKey, testOwner, "other person") }),
  ).not.toEqual(shown);
});

test("a moment moves by a day at least, and keeps neither its hour nor its minute", async () => {
  const moments = Array.from({ length: 300 }, () => "2000-01-01 12:00:00");
  const shown = await show(moments, { ...shift, days: 14 }, { type: builtInType("timestamp", "timestamp") });
  const moved = shown.map((text) => dayOf(text) - dayOf("2000-01-01 12:00"));
  expect(moved.every((days) => Math.abs(days) > 0.999 && Math.abs(days) <= 14)).toBe(true);
  expect(shown.filter((text) => text?.endsWith("12:00")).length).toBeLessThan(5);
});

test("nobody's date shows as dots where nobody is named", async () => {
  expect(await show(["2000-01-01"], { method: "shift", person: "v" }, { type: date })).not.toEqual([dots]);
  expect(await show([null], { method: "shift", person: "o" }, { type: date })).toEqual([null]);
});

const numberOf = (text: string | null | undefined) => Number((text ?? "").replaceAll(/[≈, ]/gu, ""));

test("noise is never nothing, and never more than its share or one", async () => {
  const numbers = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 5, max: 50 }), async (values, percent) => {
      const shown = await show(values.map(String), { method: "noise", percent }, { type: int4 });
      for (const [at, value] of values.entries()) {
        const off = Math.abs(numberOf(shown[at]) - value);
        expect(off).toBeGreaterThanOrEqual(1);
        expect(off).toBeLessThanOrEqual(Math.max(1, (Math.abs(value) * percent) / 100) + 0.5);
      }
    }),
    { numRuns: 40 },
  );
});
