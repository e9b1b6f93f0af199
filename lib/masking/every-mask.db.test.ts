import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whole } from "@/lib/masking/dots";
import { maskKeys } from "@/lib/masking/keys";
import { isRead, kindOf, type Mask, maskFits, maskKey, maskKinds } from "@/lib/masking/mask";
import type { SourcePool } from "@/lib/source/pool";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { hostileArrays, hostileTypes } from "@/lib/testing/hostile-values";
import { showUnder, testOwner, testPool, testRootKey } from "@/lib/testing/masked-values";

const masks: readonly Mask[] = [
  ...maskKinds.flatMap((kind) => kind.usual as readonly Mask[]),
  { method: "shift", person: "o" },
  { method: "document", allow: [["a"], ["a", "b"], ["a", "b", "0"], ["1", "1"], ["x"]] },
];
const types = [...hostileTypes, ...hostileArrays];
const pairs = types.flatMap(({ type, values }) =>
  masks
    .filter((mask) => mask.method !== "clear" && maskFits(type, mask))
    .map((mask) => ({ type, values, mask })),
);
const cases = pairs.map((pair) => [`${pair.type.base.name} under ${maskKey(pair.mask)}`, pair] as const);

let database: TestDatabase;
let pool: SourcePool;

beforeAll(async () => {
  database = await emptySource();
  pool = testPool(database.url);
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

describe("of every type and its most hostile values,", () => {
  test.each(cases)(
    "%s: nothing raises, nothing is shown as it was, the same looks the same",
    async (_, { type, values, mask }) => {
      const shown = await showUnder(pool, values, mask, { type });
      const plain = await showUnder(pool, values, { method: "clear" }, { type });
      const same = values.filter((_value, at) => shown[at] === plain[at]);
      // The fixed dots are what a value of dots would show under any mask.
      expect(same.filter((value) => value !== "•••••••")).toEqual([]);
      expect(await showUnder(pool, values, mask, { type })).toEqual(shown);
    },
  );
});

test("each type has masks that fit it, and each mask has a type here", () => {
  expect(cases.length).toBeGreaterThan(400);
  const seen = new Set(pairs.map(({ mask }) => maskKey(mask)));
  expect(masks.map(maskKey).filter((key) => key !== "clear" && !seen.has(key))).toEqual([]);
});

describe("NULL", () => {
  test.each(cases)("%s: shows as NULL where a mask reads the value at all", async (_, { type, mask }) => {
    const [shown] = await showUnder(pool, [null], mask, { type });
    expect(shown).toBe(isRead(mask) ? null : mask.method === "hidden" ? null : "•••••••");
  });
});

const keyed = cases.filter(([, { mask }]) => kindOf(mask)?.key !== undefined && mask.method !== "elements");

describe("a keyed mask", () => {
  test.each(keyed)(
    "%s: shows another under another key, and dots without one",
    async (_, { type, values, mask }) => {
      const own = await showUnder(pool, values, mask, { type });
      const other = await showUnder(pool, values, mask, {
        type,
        keys: maskKeys(testRootKey, { ...testOwner, id: "other" }, "email"),
      });
      // A small number, as a word of a short list, may meet the other by chance.
      const told = own.flatMap((cell, at) =>
        cell === null || cell === "•••••••" || (values[at] ?? "").length < 5
          ? []
          : [[cell, other[at]] as const],
      );
      const same = told.filter(([one, another]) => one === another);
      expect(same.length).toBeLessThanOrEqual(Math.ceil(told.length / 4));
      expect(kindOf(mask)?.compile({ sql: "v", type }, mask, {} as never)).toBe(whole);
    },
  );
});
