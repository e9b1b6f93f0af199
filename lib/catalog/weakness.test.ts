import { expect, test } from "vitest";
import { type ColumnRates, weakness } from "@/lib/catalog/weakness";
import type { Mask } from "@/lib/masking/mask";

const many: ColumnRates = { distinct: 50_000, width: 20 };
const token: Mask = { method: "pseudonym" };
const last = (keep: number): Mask => ({ method: "partial", shape: "last", keep });

test.each<[string, Mask, ColumnRates, RegExp]>([
  ["a pseudonym of few values", token, { distinct: 3, width: 20 }, /fewer than 100 different/u],
  ["a pseudonym of some hundred values", token, { distinct: 900, width: 20 }, /fewer than 1,000 different/u],
  [
    "an invented name of few values",
    { method: "pseudonym", as: "city" },
    { distinct: 40, width: 9 },
    /different values/u,
  ],
  [
    "each element of few",
    { method: "elements", of: token },
    { distinct: 9, width: null },
    /different values/u,
  ],
  ["noise on few numbers", { method: "noise" }, { distinct: 20, width: null }, /different values/u],
  ["last four of eight characters", last(4), { distinct: 50_000, width: 8 }, /tried out/u],
  [
    "both ends of short codes",
    { method: "partial", shape: "ends", first: 6, last: 4 },
    { distinct: 50_000, width: 16 },
    /tried out/u,
  ],
  [
    "other digits for short numbers",
    { method: "pseudonym", as: "digits" },
    { distinct: 5_000, width: 5 },
    /try them all/u,
  ],
])("%s is weak", (_, mask, rates, words) => {
  expect(weakness(mask, rates)).toMatch(words);
});

test.each<[string, Mask, ColumnRates]>([
  ["a pseudonym of many values", token, many],
  ["last four of a card", last(4), { distinct: 50_000, width: 16 }],
  ["redact, whatever the column", { method: "redact" }, { distinct: 2, width: 1 }],
  [
    "a range of few values, which says so itself",
    { method: "generalise", to: "year" },
    { distinct: 5, width: null },
  ],
  ["anything of a table that nobody analysed", token, { distinct: null, width: null }],
])("%s is not", (_, mask, rates) => {
  expect(weakness(mask, rates)).toBeNull();
});
