import { expect, test } from "vitest";
import { builtInClasses } from "@/lib/catalog/classes";
import { maskChange, presetMask } from "@/lib/catalog/preset-plan";
import { presets } from "@/lib/catalog/presets";
import type { Mask } from "@/lib/masking/mask";
import { typeOf } from "@/lib/testing/catalog-table";

const clear: Mask = { method: "clear" };
const redact: Mask = { method: "redact" };
const hidden: Mask = { method: "hidden" };
const email: Mask = { method: "partial", shape: "email" };
const year: Mask = { method: "generalise", to: "year" };
const month: Mask = { method: "generalise", to: "month" };
const token: Mask = { method: "pseudonym" };

test.each<[Mask, Mask, string]>([
  [clear, email, "stricter"],
  [email, token, "stricter"],
  [token, redact, "stricter"],
  [redact, hidden, "stricter"],
  [email, email, "unchanged"],
  [{ method: "elements", of: email }, { method: "elements", of: token }, "stricter"],
  [{ method: "elements", of: token }, { method: "elements", of: email }, "looser"],
  [hidden, redact, "looser"],
  [redact, email, "looser"],
  [token, email, "looser"],
  // Neither is surely the stricter one.
  [month, year, "looser"],
  [year, month, "looser"],
])("from %j to %j is %s", (now, then, change) => {
  expect(maskChange(now, then)).toBe(change);
});

test("nothing becomes clear by a rule book, and what it does not name stays as it is", () => {
  for (const preset of presets) {
    expect(presetMask(preset, { classId: "none", type: typeOf("text") }, builtInClasses)).toBeNull();
    expect(presetMask(preset, { classId: null, type: typeOf("text") }, builtInClasses)).toBeNull();
    expect(presetMask(preset, { classId: "constructor", type: typeOf("text") }, builtInClasses)).toBeNull();
    for (const classId of Object.keys(preset.masks))
      for (const category of ["text", "date", "composite", "array"] as const) {
        const mask = presetMask(preset, { classId, type: typeOf(category) }, builtInClasses);
        expect(mask?.method).not.toBe("clear");
      }
  }
});
