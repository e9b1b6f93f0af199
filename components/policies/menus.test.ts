import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition } from "@/lib/policies/condition";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { variables } from "@/lib/policies/environment";
import { comparesOf, menuVariables, type Compare } from "./menu-words";
import { readMenus, rowWords, writeMenus, type MenuRow } from "./menus";

const word = fc
  .string({ minLength: 1, maxLength: 12, unit: "grapheme" })
  .map((text) => text.replaceAll(",", "").trim())
  .filter((text) => text !== "");
const one = fc.tuple(word);
const several = fc.array(word, { minLength: 1, maxLength: 4 });
const takesOne: readonly Compare[] = ["is", "is-not"];

const row: fc.Arbitrary<MenuRow> = fc
  .constantFrom(...Object.entries(menuVariables))
  .chain(([variable, { type }]) =>
    fc
      .constantFrom(...comparesOf[type].map(([compare]) => compare))
      .chain((compare) => valuesFor(type, compare).map((values) => ({ variable, compare, values }))),
  );

function valuesFor(type: string, compare: Compare): fc.Arbitrary<readonly string[]> {
  if (type === "bool") return fc.constant([]);
  if (type === "int") return fc.nat().map((value) => [String(value)]);
  return takesOne.includes(compare) ? one : several;
}

describe("the menus", () => {
  test("know every variable of conditions, with its type, and no other", () => {
    const types = (all: Readonly<Record<string, { type: string }>>) =>
      Object.fromEntries(Object.entries(all).map(([name, { type }]) => [name, type]));
    expect(types(menuVariables)).toEqual(types(variables));
  });

  test("say a condition that the checker takes, and read the same lines back from it", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const text = writeMenus(rows);
        expect(readMenus(text)).toEqual(rows);
        expect(compileCondition(text)).toMatchObject({ ok: true });
      }),
    );
  });

  test("can say every condition of the built-in policy", () => {
    for (const { when } of defaultPolicy.rules) expect(readMenus(when)).not.toBeNull();
  });

  test.each([
    "request.ticket || request.break_glass",
    "!(request.ticket && request.break_glass)",
    `"a, b" in fields.names`,
    `"" in fields.names`,
    `fields.classes.exists(c, c in fields.names)`,
    `fields.classes.exists(c, c == "pan")`,
    `fields.classes.exists_one(c, c in ["pan"])`,
    `request.purpose.startsWith("x")`,
    "request.records > -1",
    "request.records == request.view_seconds",
    "request.nothing",
    "request.ticket &&",
    `request.purpose in []`,
    "!request.records > 1",
    "request.purpose == 'single'",
    "",
  ])("leave %s as text", (text) => {
    expect(readMenus(text)).toBeNull();
  });

  test("read as people speak", () => {
    const [rule] = defaultPolicy.rules.slice(1);
    expect((readMenus(rule!.when) ?? []).map((line) => rowWords(line, {}))).toEqual([
      "groups of the requester include support",
      "a ticket is named",
      "risk is low",
      "number of records is at most 5",
      "kinds of data are exactly contact",
    ]);
  });

  test("call data classes as the catalogue does, and columns by their own names", () => {
    const titles = { pan: "Card number", iban: "IBAN" };
    const said = (when: string) => readMenus(when)?.map((line) => rowWords(line, titles));
    expect(said(`fields.classes.exists(c, c in ["pan", "iban", "gone"])`)).toEqual([
      "data classes include Card number, IBAN or gone",
    ]);
    expect(said(`"pan" in fields.names`)).toEqual(["columns include pan"]);
  });
});
