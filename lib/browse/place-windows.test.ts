import fc from "fast-check";
import { expect, test } from "vitest";
import { placeWindows } from "@/lib/browse/place-windows";

test("windows follow one another without a gap, from where one is to the end of the table", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), fc.boolean(), (blocks, at, backward) => {
      const from = at % 3 === 0 ? null : `(${at},${at % 200})`;
      const windows = [...placeWindows(blocks, from, backward)];
      const edges = windows.map((window) => (backward ? window.to : window.from));
      const ends = windows.map((window) => (backward ? window.from : window.to));
      expect(edges[0]).toBe(from ?? (backward ? null : "(0,0)"));
      expect(edges.slice(1)).toEqual(ends.slice(0, -1));
      expect(ends.at(-1)).toBe(backward ? "(0,0)" : null);
      expect(windows.length).toBeLessThan(40);
    }),
  );
});
