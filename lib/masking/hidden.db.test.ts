import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskedText as dots } from "@/lib/masking/dots";
import { isRead, type Mask, maskFits, maskKey, maskKinds } from "@/lib/masking/mask";
import { useMaskSource } from "@/lib/testing/mask-cases";
import { anyTexts, builtInType, testPool, textType } from "@/lib/testing/masked-values";

const { show } = useMaskSource(testPool);
const number = builtInType("int8", "number");

const parts = maskKinds
  .filter(({ id }) => id.startsWith("partial "))
  .flatMap((kind) => kind.usual as readonly Mask[])
  .map((mask) => [maskKey(mask), mask] as const);

/** Letters and digits: separators and padding of a number or code must not count as hidden. */
const inCodes = (text: string) => text.replaceAll(/[^0-9A-Za-z]/gu, "").length;
/** In addresses any sign counts, in names whatever is no separator. */
const inAddresses = (text: string) => [...text.replaceAll("•", "")].length;
const inNames = (text: string) => [...text.replaceAll(/[ .'•-]/gu, "")].length;
const countOf = (key: string) =>
  key.includes("email") ? inAddresses : key.includes("initials") ? inNames : inCodes;

const hold = async (property: fc.IAsyncProperty<unknown>, numRuns = 60) => {
  await expect(fc.assert(property, { numRuns })).resolves.toBeUndefined();
};

const names = fc.array(fc.stringMatching(/^[A-ZÉŁ][a-zéł'-]{0,12}( [A-ZÉŁ][a-zéł.]{0,12}){0,4}$/u), {
  minLength: 1,
  maxLength: 60,
});
const numbers = fc.array(fc.stringMatching(/^[0-9A-Z][0-9A-Z -]{0,30}[0-9]$/u), {
  minLength: 1,
  maxLength: 60,
});

describe("at least four characters stay hidden, or all", () => {
  test.each(parts)("%s", async (key, mask) => {
    const count = countOf(key);
    await hold(
      fc.asyncProperty(fc.oneof(anyTexts, names, numbers), async (values) => {
        const shown = await show(values, mask);
        return shown.every((cell, at) => cell === dots || count(values[at] ?? "") - count(cell ?? "") >= 4);
      }),
    );
  });
});

/** Values that a mask shows alike, because they differ in what is hidden alone: its length, too. */
const alike: readonly (readonly [Mask, (hidden: string) => string])[] = [
  [{ method: "partial", shape: "last", keep: 4 }, (hidden) => `${hidden}1234`],
  [{ method: "partial", shape: "first", keep: 2 }, (hidden) => `AB${hidden}`],
  [{ method: "partial", shape: "ends", first: 6, last: 4 }, (hidden) => `ABCDEF${hidden}1234`],
  [{ method: "partial", shape: "card" }, (hidden) => `4${hidden.padEnd(10, "1").slice(0, 14)}1234`],
  [{ method: "partial", shape: "iban" }, (hidden) => `DE89${hidden.padEnd(9, "1").slice(0, 26)}1234`],
  [{ method: "partial", shape: "email" }, (hidden) => `j${hidden}@example.com`],
  [{ method: "partial", shape: "email", show: "domain" }, (hidden) => `${hidden}@example.com`],
  [{ method: "partial", shape: "email", show: "local" }, (hidden) => `jane@a${hidden}.com`],
  [{ method: "partial", shape: "email", show: "none" }, (hidden) => `${hidden}@a${hidden}.com`],
  [{ method: "partial", shape: "phone" }, (hidden) => `+49 ${hidden}89`],
  [
    { method: "partial", shape: "initials" },
    (hidden) => `J${"a".repeat(hidden.length)} R${"b".repeat(hidden.length)}`,
  ],
];

describe("the length of what is hidden does not show", () => {
  test.each(alike.map(([mask, value]) => [maskKey(mask), mask, value] as const))(
    "%s",
    async (_, mask, value) => {
      await hold(
        fc.asyncProperty(
          fc.array(fc.stringMatching(/^[1-9]{4,24}$/u), { minLength: 2, maxLength: 20 }),
          async (all) => {
            const shown = await show(all.map(value), mask);
            expect(shown).not.toContain(dots);
            return new Set(shown).size === 1;
          },
        ),
        30,
      );
    },
  );
});

test("no mask of a text or number tells its length beyond what its words say", async () => {
  const told = /length|size|digits|document|code|card|iban|rounded|range|noise|text/u;
  const quiet = maskKinds
    .flatMap((kind) => kind.usual as readonly Mask[])
    .filter(
      (mask) =>
        isRead(mask) && mask.method !== "clear" && maskFits(textType, mask) && !told.test(maskKey(mask)),
    );
  expect(quiet.length).toBeGreaterThan(10);
  const lengths = [...Array.from({ length: 40 }, (_, at) => "x".repeat(at + 1)), "x".repeat(300)];
  for (const mask of quiet) {
    const shown = await show(lengths, mask);
    const widths = new Set(shown.map((cell) => (cell ?? "").length));
    // A name of a list is as long as that name is; all else has one width, and dots where nothing is shown.
    const most = mask.method === "pseudonym" && "as" in mask ? 40 : 2;
    expect([maskKey(mask), widths.size <= most]).toEqual([maskKey(mask), true]);
  }
  expect(await show(["1", "123456789012345678"], { method: "pseudonym" }, { type: number })).not.toContain(
    dots,
  );
});
