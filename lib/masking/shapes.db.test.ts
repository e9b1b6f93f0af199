import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { maskedText } from "@/lib/masking/dots";
import type { Mask } from "@/lib/masking/mask";
import type { SourcePool } from "@/lib/source/pool";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { builtInType, showUnder, testPool } from "@/lib/testing/masked-values";

const last: Mask = { method: "partial", shape: "last", keep: 4 };
const email: Mask = { method: "partial", shape: "email" };
const phone: Mask = { method: "partial", shape: "phone" };
const year: Mask = { method: "generalise", to: "year" };
const bucket = (size?: number): Mask => ({
  method: "generalise",
  to: "bucket",
  ...(size === undefined ? {} : { size }),
});

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

test.each<[Mask, string, string]>([
  [last, "4111111111111111", "•••••1111"],
  [last, "DE89 3704 0044 0532 0130 00", "•••••0 00"],
  [last, "a\\b'c\"d`e%f1234567", "•••••4567"],
  [last, "12345678", "•••••5678"],
  [last, "1234567", maskedText],
  [last, "", maskedText],
  [last, "00000001234", maskedText],
  [last, "----    1234", maskedText],
  [last, "\\\\\\\\\\\\1234", maskedText],
  [last, "٤١١١١١١١١١١١١١١١", maskedText],
  [last, "4111111111111111\n", maskedText],
  [last, "41111111\u202e11111111", maskedText],
  [last, "a".repeat(400), maskedText],
  [email, "jane.roe@example.com", "j•••••@example.com"],
  [email, "jane@example.com", "•••••@example.com"],
  [email, "jan@example.com", maskedText],
  [email, "jane.roe@example", maskedText],
  [email, "jane.roe", maskedText],
  [email, "jane@roe@example.com", maskedText],
  [email, "@example.com", maskedText],
  [email, "jane.roe@example.com\n", maskedText],
  [email, "jane.roe@example.com, max@example.com", maskedText],
  [email, "jané.roe@example.com", maskedText],
  [phone, "+49 151 23456789", "+49 •••••89"],
  [phone, "+4915123456789", "+49 •••••89"],
  [phone, "+14155550134", "+1 •••••34"],
  [phone, "+1 (415) 555-0134", "+1 •••••34"],
  [phone, "+420123456789", "+420 •••••89"],
  [phone, "+2125551234567", "+212 •••••67"],
  [phone, "030 1234567", "•••••67"],
  [phone, "(415) 555-0134", "•••••34"],
  [phone, "+49 12345", maskedText],
  [phone, "12345", maskedText],
  [phone, "000001234", maskedText],
  [phone, "call me at 030 1234567", maskedText],
  [phone, "+٤٩ 151 23456789", maskedText],
  [phone, "++49 151 23456789", maskedText],
  [phone, "+890 151 23456789", maskedText],
])("%j of %j is %j", async (mask, value, expected) => {
  expect(await showUnder(pool, [value], mask)).toEqual([expected]);
});

test("a very long text is masked whole, and cut with its length where it is clear", async () => {
  const long = "x".repeat(2_000_000);
  expect(await showUnder(pool, [long], { method: "pseudonym" })).toEqual([maskedText]);
  expect(await showUnder(pool, [long], last)).toEqual([maskedText]);
  const cut = `${"x".repeat(2_000)}… ‹2000000 characters›`;
  expect(await showUnder(pool, [long, "é".repeat(2_000)], { method: "clear" })).toEqual([
    cut,
    "é".repeat(2_000),
  ]);
});

test("a keep that passed no schema shows no more than the schema allows", async () => {
  const keeping = (keep: number): Mask => ({ method: "partial", shape: "last", keep });
  expect(await showUnder(pool, ["jane.roe@example.com"], keeping(1_000))).toEqual(["•••••le.com"]);
  expect(await showUnder(pool, ["jane.roe@example.com"], keeping(-5))).toEqual(["•••••m"]);
});

test.each<[string, Mask, string, string]>([
  ["int4", bucket(), "43210", "40,000–49,999"],
  ["int4", bucket(10), "39", "30–39"],
  ["int4", bucket(10), "0", "0–9"],
  ["int4", bucket(10), "-1", "-10 to -1"],
  ["int2", bucket(), "-32768", "-40,000 to -30,001"],
  ["int8", bucket(), "9223372036854775807", maskedText],
  ["numeric", bucket(), "49999.99", "40,000–49,999"],
  ["numeric", bucket(), "NaN", maskedText],
  ["numeric", bucket(), `1${"0".repeat(400)}`, maskedText],
  ["numeric", bucket(), "-0.0001", "-10,000 to -1"],
  ["float8", bucket(), "Infinity", maskedText],
  ["float8", bucket(), "-Infinity", maskedText],
  ["float8", bucket(), "NaN", maskedText],
  ["float8", bucket(), "1e300", maskedText],
  ["float4", bucket(), "12345.5", "10,000–19,999"],
  ["int8", last, "4111111111111111", "•••••1111"],
  ["int8", phone, "4915123456789", "•••••89"],
])("%s under %j: %s is %s", async (name, mask, value, expected) => {
  expect(await showUnder(pool, [value], mask, { type: builtInType(name, "number") })).toEqual([expected]);
});

test("a bucket holds its number, and is as wide as was asked for", async () => {
  const type = builtInType("int8", "number");
  const numbers = fc.array(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), { minLength: 1 });
  const property = fc.asyncProperty(numbers, fc.integer({ min: 5, max: 1_000_000 }), async (values, size) => {
    const shown = await showUnder(pool, values.map(String), bucket(size), { type });
    return values.every((value, index) => {
      const ends = (shown[index] ?? "").split(/–| to /u).map((end) => BigInt(end.replaceAll(",", "")));
      const [low = 1n, high = 0n] = ends;
      return low <= value && value <= high && high - low === BigInt(size) - 1n;
    });
  });
  await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined();
});

test.each([
  ["date", "1984-02-29", "1984"],
  ["date", "0044-03-15 BC", "44 BC"],
  ["date", "12345-01-01", "12345"],
  ["date", "infinity", maskedText],
  ["timestamptz", "2024-12-31 23:30:00-05", "2025"],
  ["timestamp", "-infinity", maskedText],
])("the year of the %s %s is %s", async (name, value, expected) => {
  const type = builtInType(name, name === "date" ? "date" : "timestamp");
  expect(await showUnder(pool, [value], year, { type })).toEqual([expected]);
});
