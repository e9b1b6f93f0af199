import { describe, expect, test } from "vitest";
import { findCanaries, type Canary } from "./canaries";
import { needlesOf } from "./needles";

function canary(key: string, needles: string[]): Canary {
  return { table: "public.customers", column: "email", key, raw: `jane.${needles[0]}@example.org`, needles };
}

const jane = canary("1", ["kwq7hz2m4xab"]);
const name = canary("2", ["евуракилохо"]);
const phone = canary("3", ["+49 30 23125 884-52"]);
const all = [jane, name, phone];
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("findCanaries", () => {
  test.each([
    ["as it is", "<td>jane.kwq7hz2m4xab@example.org</td>", jane],
    ["in capitals", "JANE.KWQ7HZ2M4XAB", jane],
    ["in hex", Buffer.from("xx kwq7hz2m4xab").toString("hex"), jane],
    ["in base64, whatever stands before it", base64('{"k":"kwq7hz2m4xab"}'), jane],
    ["in base64, one further", base64('{"ke":"kwq7hz2m4xab"}'), jane],
    ["in base64, two further", base64('{"key":"kwq7hz2m4xab"}'), jane],
    ["in another script", "Дмитро-Севуракилохо", name],
    ["percent-encoded", encodeURIComponent("Севуракилохо"), name],
    [
      "JSON-escaped",
      '{"n":"\\u0435\\u0432\\u0443\\u0440\\u0430\\u043a\\u0438\\u043b\\u043e\\u0445\\u043e"}',
      name,
    ],
    ["as a query string has it", new URLSearchParams({ q: "+49 30 23125 884-5228" }).toString(), phone],
  ])("finds a value %s", (_, text, wanted) => {
    expect(findCanaries(text, all)).toEqual([wanted]);
    expect(findCanaries(Buffer.from(text), all)).toEqual([wanted]);
  });

  test("says nothing of a page of masks", () => {
    expect(findCanaries("j•••••@example.org +49 •••••28 tok_0123456789abcdef", all)).toEqual([]);
  });

  test("lets through what was revealed, and nothing else", () => {
    const text = `${jane.raw} Дмитро-Севуракилохо`;
    expect(findCanaries(text, all, [jane.raw])).toEqual([name]);
  });

  test("scans a page of 500 kB for 10,000 values at once", () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      canary(String(at), [`q${at}zz`.padEnd(12, "kwmxh")]),
    );
    const page = "<td class=cell>j•••••@example.org</td>".repeat(12_000) + "q77zzkwmxhkw";
    expect(findCanaries(page, many).map(({ key }) => key)).toEqual(["77"]);
    const times = Array.from({ length: 5 }, () => {
      const startedAt = performance.now();
      findCanaries(page, many);
      return performance.now() - startedAt;
    });
    // Some 15 ms on a quiet machine; the best of five, with room for a busy one.
    expect(Math.min(...times)).toBeLessThan(200);
  });
});

describe("needlesOf leaves out what a partial mask shows", () => {
  test.each([
    ["email", "jane.kwq7hz2m4xab@example.org", "j•••••@example.org"],
    ["phone", "+49 30 23125 884-5228", "+49 •••••28"],
    ["pan", "4242 4212 3456 7890", "424242 ••• 7890"],
    ["iban", "DE12100100109527944161", "DE ••••• 4161"],
    ["name", "Koen-Tozadirazade", "K••• T•••"],
    ["ip", "2001:db8:1a24:19e5:136f:13b2:109e:1a72", "2001:db8:1a24::/48"],
  ] as const)("%s", (kind, raw, masked) => {
    const needles = needlesOf(kind, raw);
    expect(needles.length).toBeGreaterThan(0);
    expect(needles.some((needle) => raw.includes(needle))).toBe(true);
    expect(needles.filter((needle) => masked.includes(needle))).toEqual([]);
  });
});
