import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { madeNumbers } from "@/lib/testing/made-numbers";
import { findNumbers, numberWords, type NumberKind } from "@/lib/texts/found-numbers";

/** Any text, but for letters and digits close to the number, which would be read with it. */
const around = fc
  .string({ unit: "grapheme", maxLength: 60 })
  .filter((text) => !/[\p{N}\p{L}#+]/u.test(text.normalize("NFKC")));
const words = fc.constantFrom(
  "",
  "the customer said ",
  "she is waiting: ",
  "karte(",
  "«",
  "¶",
  "see below\n\n",
);
const kinds = Object.entries(madeNumbers).map(([kind, written]) => ({ kind: kind as NumberKind, written }));
const made = fc.constantFrom(...kinds).chain(({ written }) => written);
const runs = { numRuns: 100 };

describe.each(kinds)("a valid number is found, $kind", ({ kind, written }) => {
  test("in whatever text around it, at its place", () => {
    fc.assert(
      fc.property(words, around, written, around, (first, before, number, after) => {
        const start = `${first}${before} `;
        const found = findNumbers(`${start}${number} ${after}`);
        const from = [...start].length + 1;
        // Some numbers are valid as another kind as well.
        expect(found).toContainEqual({ kind: expect.any(String), from, to: from + [...number].length - 1 });
      }),
      runs,
    );
    expect(
      fc.sample(written, 30).filter((number) => findNumbers(number)[0]?.kind === kind).length,
    ).toBeGreaterThan(20);
  });
});

const unseen = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f", "\u034f"];

test("a number with signs between that nobody sees is found", () => {
  fc.assert(
    fc.property(made, fc.infiniteStream(fc.constantFrom("", "", ...unseen)), (number, signs) => {
      const hidden = [...number].map((sign) => sign + String(signs.next().value)).join("");
      expect(findNumbers(`about ${hidden} here`)).not.toEqual([]);
    }),
    { numRuns: 400 },
  );
});

const zeros = {
  "full-width": 0xff10,
  mathematical: 0x1d7d8,
  Arabic: 0x660,
  Persian: 0x6f0,
  Devanagari: 0x966,
  Thai: 0xe50,
};

test.each(Object.entries(zeros))("a number in %s digits is found", (_, zero) => {
  fc.assert(
    fc.property(made, (number) => {
      const foreign = number.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
      expect(findNumbers(`about ${foreign} here`)).not.toEqual([]);
    }),
    runs,
  );
});

test.each([
  "card4012888888881881",
  "the card is 4012888888881881.",
  "4012 8888 8888 1881",
  "4012-8888-8888-1881",
  "4012.8888.8888.1881",
  "4012 – 8888 – 8888 – 1881",
  "4012\u00a08888\u20098888\u20281881",
  "40128888\n88881881",
  "4012888888\n881881",
  "4 0 1 2 8 8 8 8 8 8 8 8 1 8 8 1",
  "４０１２ ８８８８ ８８８８ １８８１",
  "④⓪①②⑧⑧⑧⑧⑧⑧⑧⑧①⑧⑧①",
  "4012_8888_8888_1881",
  "(4012)(8888)(8888)(1881)",
  "order 4012888888881881",
  "3782 822463 10005",
  "+4012888888881881",
])("a card number is found in “%s”", (text) => {
  expect(findNumbers(text).map(({ kind }) => kind)).toEqual(["card"]);
});

test("a number that fits by chance easily is none where it is said to be another one", () => {
  const bsn = "123456782";
  const said = (text: string) => findNumbers(text).map(({ kind }) => kind);
  for (const text of [`it is ${bsn}`, `BSN ${bsn}`, `ticket of bsn ${bsn}`, "1234.56.782"])
    expect(said(text), text).not.toEqual([]);
  for (const text of [
    `order ${bsn}`,
    `Order no. ${bsn}`,
    `ticket number ${bsn}`,
    `#${bsn}`,
    `INC${bsn}`,
    `call +${bsn}`,
    `phone ${bsn}`,
  ])
    expect(said(text), text).toEqual([]);
  expect(findNumbers(bsn, { label: true })).toEqual([]);
  expect(findNumbers("4012888888881881", { label: true })).toHaveLength(1);
});

test("nine digits are a US or Canadian number by their form or a name before them", () => {
  expect(findNumbers("it is 219-09-9998")).toHaveLength(1);
  expect(findNumbers("her SSN is 219099998")).toHaveLength(1);
  expect(findNumbers("it is 219099998")).toEqual([]);
  expect(findNumbers("SIN 123 456 782")).toHaveLength(1);
  expect(findNumbers("NHS number 943 476 5919")).toHaveLength(1);
  expect(findNumbers("it is 943 476 5919")).toEqual([]);
});

test.each([
  "Refund of EUR 1,234,567.89 to be checked",
  "Invoice 2026-11-30/000123 and 2026-12-01/000124",
  "call +49 170 1234567 back",
  "the call came at 12:34:56 a customer waited",
  "ticket INC0012345678",
  "JIRA-4711, JIRA-4712 and JIRA-4713",
  "192.168.100.200:8080 failed",
  "550e8400-e29b-41d4-a716-446655440000",
  "from 2026-11-30 09:15:30 to 2026-11-30 10:45:00",
  "+1 415 555 2671 ext. 1234",
  "is 10 minutes late at 20 places in 12 shops",
  "4012888888881882",
  "version 10.4.22.1",
  "0170 1234567 or 0151 7654321",
])("“%s” is nothing of that", (text) => {
  expect(findNumbers(text)).toEqual([]);
});

/** What people write in a reason: numbers of every day that are no one's card or identity. */
const number = (least: number, most: number) =>
  fc.stringMatching(new RegExp(`^[1-9][0-9]{${least - 1},${most - 1}}$`));
const everyday = {
  "order numbers": number(6, 12).map((text) => `about order ${text}, which is late`),
  "ticket ids": fc
    .tuple(fc.constantFrom("INC", "JIRA-", "CS-", "#"), number(4, 10))
    .map(([start, text]) => `see ${start}${text} for more`),
  "phone numbers": fc
    .tuple(fc.constantFrom("+49 170 ", "+44 7700 ", "+1 415 ", "+33 6 ", "0171 "), number(6, 8))
    .map(([start, text]) => `call ${start}${text} back`),
  "dates and times": fc
    .date({ min: new Date("2000-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
    .map((date) => `on ${date.toISOString()} and ${date.toISOString().slice(0, 16).replace("T", " ")}`),
  amounts: fc
    .integer({ min: 1, max: 2_000_000_000 })
    .map(
      (cents) =>
        `a refund of ${(cents / 100).toLocaleString("en-US")} EUR, or ${(cents / 100).toLocaleString("de-DE")}`,
    ),
  "numbers in one piece without a word": number(4, 12).map((text) => `it is ${text} that she asks for`),
};
const most = {
  "order numbers": 0.005,
  "ticket ids": 0.001,
  "phone numbers": 0.005,
  "dates and times": 0.001,
  amounts: 0.001,
  "numbers in one piece without a word": 0.03,
};

test.each(Object.entries(everyday))("of %s few are taken for what they are not", (name, text) => {
  const texts = fc.sample(text, { numRuns: 4000, seed: 11 });
  const wrong = texts.filter((one) => findNumbers(one).length > 0);
  expect(wrong.length / texts.length, wrong.slice(0, 5).join("\n")).toBeLessThanOrEqual(
    most[name as keyof typeof most],
  );
});

test("a long text is read in a moment", () => {
  const text = "4012 8888 8888 1882 12 345 6789 ab ".repeat(60);
  const start = performance.now();
  findNumbers(text);
  expect(performance.now() - start).toBeLessThan(500);
});

test("every kind has words of its own with an article", () => {
  for (const words of Object.values(numberWords)) expect(words).toMatch(/^an? /);
});
