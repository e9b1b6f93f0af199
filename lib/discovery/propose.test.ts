import { expect, test } from "vitest";
import { surenessOf } from "@/lib/catalog/sureness";
import { type ColumnFacts, proposeClass } from "@/lib/discovery/propose";
import type { ColumnRates } from "@/lib/discovery/values/rates";

const text = { name: "text", category: "text", base: { schema: "pg_catalog", name: "text" } } as const;

/** A column of 500 values of which so many say yes to each signal. */
function rated(rates: Record<string, number>, more: Partial<ColumnRates> = {}): ColumnRates {
  const counted = { rows: 500, filled: 500, distinct: 500, meanLength: 12, decades: 3 };
  return { ...counted, ...more, rates: new Map(Object.entries(rates)) };
}

function propose(column: string, rates: ColumnRates | null, more: Partial<ColumnFacts> = {}) {
  const facts = { comment: null, contexts: new Set<never>(), isPrimaryKey: false, isForeignKey: false };
  return proposeClass({ column, type: text, ...facts, rates, ...more });
}

test("says its evidence in words: the rate of the values, then the name", () => {
  const { classId, confidence, why } = propose("card_number", rated({ pan: 0.97 }));
  expect(classId).toBe("pan");
  expect(confidence).toBeGreaterThan(0.95);
  expect(why).toMatch(/97 % of 500 values are card numbers that pass the Luhn check/iu);
  expect(why).toMatch(/the name says “card number”/iu);
});

test("values alone are enough where chance would not make them, and are not where it would", () => {
  expect(propose("c1", rated({ iban: 1 })).classId).toBe("iban");
  expect(propose("c1", rated({ nl_bsn: 1 })).classId).toBe("national_id");
  expect(propose("c1", rated({ nl_bsn: 0.09, ca_sin: 0.1, pt_nif: 0.09, pan: 0.1 })).classId).toBe("none");
});

test("a few values prove less than many", () => {
  const few = propose("c1", rated({ nl_bsn: 1 }, { filled: 2, distinct: 2 }));
  expect(few.confidence).toBeLessThan(0.7);
  expect(propose("c1", rated({ nl_bsn: 1 })).confidence).toBeGreaterThan(0.9);
});

test("values that cannot be of a class speak against its name", () => {
  const named = propose("phone", rated({ digits: 1, phone_length: 1, phone_shape: 1 }));
  const other = propose("phone", rated({ digits: 0, phone_length: 0, phone_shape: 0 }));
  expect(named.classId).toBe("phone");
  expect(other.classId === "phone" ? other.confidence : 0).toBeLessThan(0.7);
});

test("that nothing was recognised is a guess, and no choice, for a text of many values", () => {
  const nothing = propose("raw_line", rated({}));
  expect(nothing.classId).toBe("none");
  expect(surenessOf(nothing.confidence)).toBe("unsure");
  expect(surenessOf(propose("raw_line", null).confidence)).toBe("unsure");
  expect(surenessOf(propose("status_word", rated({}, { distinct: 4 })).confidence)).toBe("likely");
});
