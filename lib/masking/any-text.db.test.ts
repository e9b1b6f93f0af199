import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { maskKeys, padKey } from "@/lib/masking/keys";
import { maskedPart, maskedText } from "@/lib/masking/dots";
import type { Mask } from "@/lib/masking/mask";
import type { SourcePool } from "@/lib/source/pool";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { anyTexts, showUnder, testOwner, testPool, testRootKey } from "@/lib/testing/masked-values";

const email: Mask = { method: "partial", shape: "email" };
const phone: Mask = { method: "partial", shape: "phone" };
const pseudonym: Mask = { method: "pseudonym" };

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

/** Every text that shows something under the mask and breaks a promise, as the pair of the two. */
async function breaches(
  mask: Mask,
  keepsPromise: (value: string, shown: string) => boolean,
): Promise<[string, string | null][]> {
  const found: [string, string | null][] = [];
  await fc.assert(
    fc.asyncProperty(anyTexts, async (values) => {
      const shown = await showUnder(pool, values, mask);
      for (const [index, value] of values.entries()) {
        const cell = shown[index] ?? "NULL";
        if (cell !== maskedText && !keepsPromise(value, cell)) found.push([value, cell]);
      }
      return found.length === 0;
    }),
    { numRuns: 60 },
  );
  return found;
}

test.each<Mask>([{ method: "partial", shape: "last" }, email, phone, pseudonym])(
  "%j never raises and never returns what it was given",
  async (mask) => {
    expect(await breaches(mask, (value, shown) => shown !== value)).toEqual([]);
  },
);

test.each([1, 4, 6])(
  "the last %i leave four letters or digits hidden, zeros in front not counted",
  async (keep) => {
    const mask: Mask = { method: "partial", shape: "last", keep };
    const held = await breaches(mask, (value, shown) => {
      const kept = shown.slice(maskedPart.length);
      const hidden = value
        .slice(0, -keep)
        .replace(/[^0-9A-Za-z]/gu, "")
        .replace(/^0+/u, "");
      return (
        shown.startsWith(maskedPart) && kept.length === keep && value.endsWith(kept) && hidden.length >= 4
      );
    });
    expect(held).toEqual([]);
  },
);

test("an e-mail shows its domain and at most its first letter, four or more hidden", async () => {
  const held = await breaches(email, (value, shown) => {
    const [local = "", domain = "", ...more] = value.split("@");
    const first = shown.startsWith(maskedPart) ? "" : local.slice(0, 1);
    return (
      shown === `${first}${maskedPart}@${domain}` && local.length - first.length >= 4 && more.length === 0
    );
  });
  expect(held).toEqual([]);
});

test("a phone number shows its country code and its last digits, four or more hidden", async () => {
  const held = await breaches(phone, (value, shown) => {
    const all = value.replace(/\D/gu, "");
    const hidden = all.replace(/^0+/u, "").length - shown.replace(/\D/gu, "").length;
    return /^(\+\d{1,3} )?•••••\d\d$/u.test(shown) && all.endsWith(shown.slice(-2)) && hidden >= 4;
  });
  expect(held).toEqual([]);
});

test("a pseudonym equals the HMAC-SHA-256 that Node computes", async () => {
  const key = Buffer.from("a key of the test", "utf8");
  const token = (value: string) =>
    `tok_${createHmac("sha256", key).update(value, "utf8").digest("hex").slice(0, 16)}`;
  const property = fc.asyncProperty(anyTexts, async (values) => {
    const shown = await showUnder(pool, values, pseudonym, { keys: padKey(key) });
    return shown.every((cell, index) => cell === token(values[index] ?? ""));
  });
  await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined();
});

test("a pseudonym stays the same under its key and differs under that of another source, class, version or root", async () => {
  const values = ["", "a", "ana@example.com", "ａｎａ", "🙂".repeat(30)];
  const shown = await showUnder(pool, values, pseudonym);
  expect(await showUnder(pool, values, pseudonym)).toEqual(shown);
  const others = [
    maskKeys(testRootKey, testOwner, "phone"),
    maskKeys(testRootKey, { ...testOwner, id: "other" }, "email"),
    maskKeys(testRootKey, { ...testOwner, keyVersion: 2 }, "email"),
    maskKeys(Buffer.alloc(32, 8), testOwner, "email"),
  ];
  for (const keys of others) {
    const tokens = await showUnder(pool, values, pseudonym, { keys });
    expect(tokens.filter((token) => shown.includes(token))).toEqual([]);
  }
});

test("a value has one token in every table, whatever text type holds it", async () => {
  const varchar = {
    name: "varchar",
    category: "text",
    base: { schema: "pg_catalog", name: "varchar" },
  } as const;
  expect(await showUnder(pool, ["ana"], pseudonym, { type: varchar })).toEqual(
    await showUnder(pool, ["ana"], pseudonym),
  );
});
