import { describe, expect, test } from "vitest";
import { cardConflict } from "@/lib/catalog/card-rule";
import { builtInClasses, dataClass, dataClasses, fitting } from "@/lib/catalog/classes";
import { maskChoices } from "@/lib/catalog/mask-choices";
import { type Preset, presets } from "@/lib/catalog/presets";
import { isRead, kindOf, maskKey } from "@/lib/masking/mask";
import { sparseZips } from "@/lib/masking/methods/places";
import { typeOf } from "@/lib/testing/catalog-table";

const preset = (id: Preset["id"]): Preset => {
  const found = presets.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const under = (rule: RegExp) =>
  dataClasses.filter(({ regulations }) => regulations.some((one) => rule.test(one))).map(({ id }) => id);

describe.each(presets)("$title", ({ masks }) => {
  test("names classes that exist, and masks that a steward is offered", () => {
    for (const [classId, mask] of Object.entries(masks)) {
      expect(dataClass(classId), classId).toBeDefined();
      const types = (["text", "date", "number", "bytea", "json", "geometry", "inet"] as const).map(
        (category) =>
          typeOf(category, category === "geometry" ? { base: { schema: "pg_catalog", name: "point" } } : {}),
      );
      const offered = types.some((type) =>
        maskChoices(type, builtInClasses).some(({ key }) => key === maskKey(mask)),
      );
      expect(offered, `${classId} ${maskKey(mask)}`).toBe(true);
    }
  });

  test("opens nothing of a class that opens for nobody, and no clear value of any", () => {
    for (const [classId, mask] of Object.entries(masks)) {
      expect(mask.method).not.toBe("clear");
      if (dataClass(classId)?.maxRevealMinutes === 0) expect(isRead(mask)).toBe(false);
    }
  });

  test("sets no hash of card numbers beside a part of them", () => {
    const columns = Object.entries(masks).map(([classId, mask]) => ({ name: classId, classId, mask }));
    expect(
      cardConflict([...columns, { name: "last4", classId: "payment_metadata", mask: { method: "clear" } }]),
    ).toBeNull();
  });
});

describe("HIPAA safe harbor", () => {
  const { masks } = preset("hipaa");

  test("has a mask for every class that is one of the 18 identifiers", () => {
    expect(under(/^HIPAA \d/u).filter((id) => masks[id] === undefined)).toEqual([]);
  });

  test("keeps of them the year, the age up to 89 in bands, and three digits of the ZIP alone", () => {
    const kept = Object.entries(masks).filter(([, mask]) => isRead(mask));
    expect(Object.fromEntries(kept)).toEqual({
      postal_code: { method: "generalise", to: "zip3" },
      birth_date: { method: "generalise", to: "year", pool: true },
      health_date: { method: "generalise", to: "year" },
      age: { method: "generalise", to: "age" },
    });
  });

  test("knows the 17 sparse areas", () => {
    expect(sparseZips.join(" ")).toBe("036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893");
  });

  test("derives no code from what it stands for", () => {
    expect(Object.values(masks).filter((mask) => kindOf(mask)?.key !== undefined)).toEqual([]);
  });
});

test("PCI DSS shows at most the last four of a card number, and nothing of codes and PINs", () => {
  const { masks } = preset("pci");
  expect(under(/^PCI SAD/u).every((id) => masks[id]?.method === "hidden")).toBe(true);
  expect(masks["pan"]).toEqual({ method: "partial", shape: "card" });
  expect(fitting(masks["pan"] ?? { method: "redact" }, typeOf("text"))).toEqual({
    method: "partial",
    shape: "card",
  });
});

test("GDPR has a mask for every class that is personal and more than a title, and shows nothing of Art. 9 and 10", () => {
  const { masks } = preset("gdpr");
  const without = under(/^GDPR/u).filter((id) => masks[id] === undefined);
  expect(without.filter((id) => (dataClass(id)?.sensitivity ?? 4) > 1)).toEqual(["city"]);
  expect(under(/Art\. (9|10)(?! if)/u).filter((id) => masks[id] === undefined || isRead(masks[id]))).toEqual(
    [],
  );
});

test("CCPA leaves of sensitive personal information no more than last digits and a place of 11 km", () => {
  const { masks } = preset("ccpa");
  const sensitive = under(/^CCPA-SPI/u);
  expect(sensitive.filter((id) => masks[id] === undefined)).toEqual([]);
  expect(sensitive.filter((id) => isRead(masks[id] ?? { method: "clear" })).toSorted()).toEqual([
    "bank_account",
    "geo_point",
    "iban",
  ]);
});

test("the default mask of a class shows nothing of Art. 9, and of a card its last four alone", () => {
  expect(dataClass("pan")?.defaultMask).toEqual({ method: "partial", shape: "card" });
  for (const id of under(/^(GDPR Art\. (9|10)|credentials|PCI SAD)/u)) {
    expect(["hidden", "redact", "size"]).toContain(dataClass(id)?.defaultMask.method);
  }
});
