import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cities, familyNames, givenNames, streets } from "@/lib/masking/dictionaries";
import { maskedText as dots } from "@/lib/masking/dots";
import { maskKeys, padKey } from "@/lib/masking/keys";
import type { Mask } from "@/lib/masking/mask";
import { useMaskSource } from "@/lib/testing/mask-cases";
import { anyTexts, builtInType, testOwner, testPool, testRootKey } from "@/lib/testing/masked-values";

const { show, cases } = useMaskSource(testPool);
const pseudonym = (as: "digits" | "code" | "card" | "iban" | "email" | "username" | "uuid"): Mask => ({
  method: "pseudonym",
  as,
});
const oneOf = (words: readonly string[]) => new RegExp(`^(${words.join("|")})$`, "u");

cases(pseudonym("digits"), [
  ["12345678", /^\d{8}$/u],
  ["030 / 12 34-56", /^\d{3} \/ \d\d \d\d-\d\d$/u],
  ["+49 (151) 234.56", /^\+\d\d \(\d{3}\) \d{3}\.\d\d$/u],
  ["1234", /^\d{4}$/u],
  ["123", dots],
  ["12-3", dots],
  ["----", dots],
  ["1234a", dots],
  ["٤١١١", dots],
  ["１２３４", dots],
  ["1234\n", dots],
  ["%1234", dots],
  ["9".repeat(40), /^\d{40}$/u],
  ["9".repeat(41), dots],
  ["", dots],
]);
cases(
  pseudonym("digits"),
  [
    ["4111111111111111", /^\d{16}$/u],
    ["-12345", /^-\d{5}$/u],
    ["7", dots],
  ],
  builtInType("int8", "number"),
);
cases(
  pseudonym("digits"),
  [
    ["NaN", dots],
    ["1e300", /^\d{301}$|^•+$/u],
    ["12.50", /^\d\d\.\d\d$/u],
  ],
  builtInType("numeric", "number"),
);

cases(pseudonym("code"), [
  ["AB-1234/cd", /^[A-Z]{2}-\d{4}\/[a-z]{2}$/u],
  ["Qx7%s%%1$", /^[A-Z][a-z]\d%[a-z]%%\d\$$/u],
  ["M-AX 1234", /^[A-Z]-[A-Z]{2} \d{4}$/u],
  ["abcd", /^[a-z]{4}$/u],
  ["a\\b'c\"d", /^[a-z]\\[a-z]'[a-z]"[a-z]$/u],
  ["A".repeat(40), /^[A-Z]{40}$/u],
  ["ABC", dots],
  ["----", dots],
  ["ABCDÉ", dots],
  ["ABCD\t", dots],
  ["A".repeat(41), dots],
  ["", dots],
]);

cases(pseudonym("card"), [
  ["4111111111111111", /^9\d{15}$/u],
  ["4111 1111 1111 1111", /^9\d{3} \d{4} \d{4} \d{4}$/u],
  ["3782-822463-10005", /^9\d{3}-\d{6}-\d{5}$/u],
  ["411111111111", /^9\d{11}$/u],
  ["6212345678901234567", /^9\d{18}$/u],
  ["41111111111", dots],
  ["62123456789012345678", dots],
  ["4111111111111111x", dots],
  ["٤١١١١١١١١١١١١١١١", dots],
  ["", dots],
]);
cases(
  pseudonym("card"),
  [
    ["4111111111111111", /^9\d{15}$/u],
    ["1", dots],
  ],
  builtInType("int8", "number"),
);

cases(pseudonym("iban"), [
  ["DE89370400440532013000", /^DE\d{20}$/u],
  ["DE89 3704 0044 0532 0130 00", /^DE\d\d \d{4} \d{4} \d{4} \d{4} \d\d$/u],
  ["GB82WEST12345698765432", /^GB\d\dXXXX\d{14}$/u],
  ["MT84MALT011000012345MTLCAST001S", /^MT\d\dX{4}\d{12}X{7}\d{3}X$/u],
  ["NO938601111794", dots],
  ["de89370400440532013000", dots],
  ["DEXX370400440532013000", dots],
  ["", dots],
]);

cases(pseudonym("email"), [
  ["jane.roe@example.com", /^u[0-9a-f]{12}@example\.com$/u],
  ["jané@exämple.com", /^u[0-9a-f]{12}@example\.com$/u],
  ["jane.roe", dots],
  ["a@b@c", dots],
  ["@", dots],
  ["jane roe@example.com", dots],
  ["", dots],
]);
cases(pseudonym("username"), [
  ["jane", /^u_[0-9a-f]{12}$/u],
  ["", /^u_[0-9a-f]{12}$/u],
  ["x".repeat(1_000_001), dots],
]);
cases(
  pseudonym("uuid"),
  [
    [
      "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u,
    ],
  ],
  builtInType("uuid", "uuid"),
);

cases({ method: "pseudonym", as: "given_name" }, [
  ["Jane", oneOf(givenNames)],
  ["山田", oneOf(givenNames)],
  ["", dots],
  ["x".repeat(321), dots],
]);
cases({ method: "pseudonym", as: "family_name" }, [
  ["Roe", oneOf(familyNames)],
  ["🙂", oneOf(familyNames)],
]);
cases({ method: "pseudonym", as: "full_name" }, [
  ["Jane Roe", new RegExp(`^(${givenNames.join("|")}) (${familyNames.join("|")})$`, "u")],
  ["", dots],
]);
cases({ method: "pseudonym", as: "city" }, [
  ["Ely", oneOf(cities)],
  ["", dots],
]);
cases({ method: "pseudonym", as: "address" }, [
  ["12 High St", new RegExp(`^\\d{1,3} (${streets.join("|")})$`, "u")],
  ["", dots],
]);

const luhn = (number: string) =>
  [...number.replaceAll(/\D/gu, "")].toReversed().reduce((sum, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) % 10;

const mod97 = (iban: string) => {
  const compact = iban.replaceAll(" ", "");
  const digits = [...`${compact.slice(4)}${compact.slice(0, 4)}`]
    .map((one) => Number.parseInt(one, 36))
    .join("");
  return BigInt(digits) % 97n;
};

const digitsOf = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`, "u"));
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 80 });
const hold = async (property: fc.IAsyncProperty<unknown>) => {
  await expect(fc.assert(property, { numRuns: 40 })).resolves.toBeUndefined();
};

describe("check digits are right", () => {
  test("of cards, by Luhn, whatever the length, and no card scheme has issued them", async () => {
    await hold(
      fc.asyncProperty(many(digitsOf(12, 19)), async (cards) => {
        const shown = await show(cards, pseudonym("card"));
        return shown.every(
          (card, at) =>
            card?.length === cards[at]?.length && luhn(card ?? "1") === 0 && card?.startsWith("9"),
        );
      }),
    );
  });

  test("of IBANs, by mod 97", async () => {
    await hold(
      fc.asyncProperty(many(fc.stringMatching(/^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$/u)), async (ibans) => {
        const shown = await show(ibans, pseudonym("iban"));
        return shown.every(
          (iban, at) => mod97(iban ?? "") === 1n && iban?.slice(0, 2) === ibans[at]?.slice(0, 2),
        );
      }),
    );
  });
});

/** What a character is, for shape: a digit, a capital, a small letter, or itself. */
const shapeOf = (text: string) =>
  text.replaceAll(/[0-9]/gu, "0").replaceAll(/[A-Z]/gu, "A").replaceAll(/[a-z]/gu, "a");

describe("the shape is kept where that is promised, and nothing is shown as it was", () => {
  test.each(["digits", "code"] as const)("by %s, of any text", async (as) => {
    await hold(
      fc.asyncProperty(anyTexts, async (values) => {
        const shown = await show(values, pseudonym(as));
        return shown.every(
          (cell, at) =>
            cell === dots || (cell !== values[at] && shapeOf(cell ?? "") === shapeOf(values[at] ?? "")),
        );
      }),
    );
  });
});

test("of all numbers of four digits none is shown as it was, under any of a few keys", async () => {
  const all = Array.from({ length: 10_000 }, (_, at) => String(at).padStart(4, "0"));
  for (const scope of ["a", "b", "c", "d", "e"]) {
    const shown = await show(all, pseudonym("digits"), { keys: maskKeys(testRootKey, testOwner, scope) });
    expect(all.filter((number, at) => number === shown[at])).toEqual([]);
  }
});

const invented = ["given_name", "family_name", "full_name", "city", "address", "username", "email"] as const;

describe("what stands for a value does not depend on its length", () => {
  test.each(invented)("%s", async (as) => {
    const values = ["a@b", `${"a".repeat(60)}@b`, `a@${"b".repeat(200)}`];
    const shown = await show(values, { method: "pseudonym", as });
    const other = await show(
      values,
      { method: "pseudonym", as },
      { keys: maskKeys(testRootKey, testOwner, "x") },
    );
    expect(shown).not.toContain(dots);
    // Of the same kind each, and chosen by the key: nothing of the length is left.
    expect(shown.map((cell) => (cell ?? "").length <= 60)).toEqual([true, true, true]);
    expect(other).not.toEqual(shown);
  });
});

test.each([
  ["given_name", givenNames],
  ["family_name", familyNames],
  ["city", cities],
] as const)("an invented %s is never the value, even of a value that is on the list", async (as, words) => {
  const both = [...words, ...words.map((word) => word.toUpperCase())];
  const shown = await show(both, { method: "pseudonym", as });
  const same = both.filter((word, at) => word.toLowerCase() === shown[at]?.toLowerCase());
  expect(same).toEqual([]);
  expect(new Set(shown).size).toBeGreaterThan(words.length / 3);
});

test("what is chosen is chosen by the HMAC that Node computes", async () => {
  const key = Buffer.from("a key of the test", "utf8");
  const chosen = (value: string, words: readonly string[]) =>
    words[createHmac("sha256", key).update(value, "utf8").digest().readUIntBE(0, 3) % words.length];
  const values = ["Anybody", "山田", "🙂🙂", "Ümit"];
  const shown = await show(values, { method: "pseudonym", as: "city" }, { keys: padKey(key) });
  expect(shown).toEqual(values.map((value) => chosen(value, cities)));
});

test("one card has one pseudonym however it is written, and one address whatever its case", async () => {
  const [plain, spaced] = await show(["4111111111111111", "4111 1111 1111 1111"], pseudonym("card"));
  expect(spaced?.replaceAll(" ", "")).toBe(plain);
  const [small, capital] = await show(["jane@example.com", "Jane@Example.COM"], pseudonym("email"));
  expect(capital).toBe(small);
});

test("a card number keeps neither its first six nor its last four digits", async () => {
  const cards = Array.from(
    { length: 200 },
    (_, at) => `4111110000${String(100_000 + at * 37).padStart(6, "0")}`,
  );
  const shown = await show(cards, pseudonym("card"));
  const kept = shown.filter(
    (card, at) => card?.slice(0, 6) === cards[at]?.slice(0, 6) || card?.slice(-4) === cards[at]?.slice(-4),
  );
  expect(kept.length).toBeLessThan(3);
});
