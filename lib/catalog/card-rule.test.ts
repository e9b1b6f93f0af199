import { describe, expect, test } from "vitest";
import { cardConflict, type CardColumn, isKeyedCard } from "@/lib/catalog/card-rule";
import { partialLevel } from "@/lib/catalog/partial-level";
import type { Mask } from "@/lib/masking/mask";
import { builtInType, textType } from "@/lib/testing/masked-values";

const pan = (mask: Mask, name = "number"): CardColumn => ({ name, classId: "pan", mask });
const metadata = (name: string, mask: Mask = { method: "clear" }): CardColumn => ({
  name,
  classId: "payment_metadata",
  mask,
});

const card: Mask = { method: "pseudonym", as: "card" };
const token: Mask = { method: "pseudonym" };
const last: Mask = { method: "partial", shape: "card" };

describe("a keyed hash of card numbers beside a part of them", () => {
  test.each<[string, CardColumn[]]>([
    ["the last four of another column", [pan(card), pan(last, "card_no")]],
    ["the last characters", [pan(token), pan({ method: "partial", shape: "last", keep: 4 }, "card_no")]],
    ["the whole number", [pan(token), pan({ method: "clear" }, "card_no")]],
    ["a clear column of last digits", [pan(card), metadata("last4")]],
    ["a clear column of last digits, otherwise named", [pan(card), metadata("card_last_four")]],
    ["a clear column of BINs", [pan(card), metadata("card_bin")]],
    [
      "an array of numbers",
      [pan({ method: "elements", of: token }), pan({ method: "elements", of: last }, "cards")],
    ],
  ])("is refused: %s", (_, columns) => {
    expect(cardConflict(columns)).toContain("the same card numbers");
    expect(cardConflict(columns.toReversed())).toContain("the same card numbers");
  });

  test.each<[string, CardColumn[]]>([
    ["hashes alone", [pan(card), pan(token, "card_no"), metadata("brand"), metadata("approval_code")]],
    ["parts alone", [pan(last), pan(last, "card_no"), metadata("last4")]],
    [
      "a hidden part",
      [pan(card), metadata("last4", { method: "hidden" }), pan({ method: "redact" }, "card_no")],
    ],
    ["numbers that are no cards", [pan(last), { name: "iban", classId: "iban", mask: token }]],
  ])("is not: %s", (_, columns) => {
    expect(cardConflict(columns)).toBeNull();
  });

  test("a grant of a part opens nothing of a card that shows as a pseudonym", () => {
    expect(isKeyedCard("pan", card)).toBe(true);
    expect(partialLevel(textType, "pan", card)).toEqual({ method: "redact" });
    expect(partialLevel(builtInType("int8", "number"), "pan", token)).toEqual({ method: "redact" });
    expect(partialLevel(textType, "pan", last)).toEqual(last);
    expect(partialLevel(textType, "iban", token)).toEqual({ method: "partial", shape: "iban" });
  });
});
