import { expect, test } from "vitest";
import { holesOf, isUnsupported, knownHoles } from "@/lib/hardening/known-holes";

const cves = (version: number) => holesOf(version).map(({ cve }) => cve);

test.each([
  [130021, 130022],
  [140018, 140019],
  [150013, 150014],
  [160009, 160010],
  [170005, 170006],
])("statistics tell values behind views in %i, and not in %i (CVE-2025-8713)", (before, fixed) => {
  expect(cves(before)).toContain("CVE-2025-8713");
  expect(cves(fixed)).not.toContain("CVE-2025-8713");
});

test.each([
  [130016, 130017],
  [140013, 140014],
  [150008, 150009],
  [160004, 160005],
  [170000, 170001],
])("row policies are another role's in %i, and not in %i (CVE-2024-10976)", (before, fixed) => {
  expect(cves(before)).toContain("CVE-2024-10976");
  expect(cves(fixed)).not.toContain("CVE-2024-10976");
});

test("extended statistics are read by everybody from 14 on, until 14.12, 15.7 and 16.3 (CVE-2024-4317)", () => {
  expect([140011, 150006, 160002].every((version) => cves(version).includes("CVE-2024-4317"))).toBe(true);
  expect([130001, 140012, 150007, 160003, 170000].some((one) => cves(one).includes("CVE-2024-4317"))).toBe(
    false,
  );
});

test("a release that mends all of them has none, and a later major version never had them", () => {
  expect([130022, 140019, 150014, 160010, 170006, 180000].flatMap(holesOf)).toEqual([]);
  expect(holesOf(130000).length).toBeLessThan(knownHoles.length);
});

test("nobody mends 13 any more", () => {
  expect([130023, 140000].map(isUnsupported)).toEqual([true, false]);
});
