import fc from "fast-check";
import { expect, test } from "vitest";
import { entryBundle, parseTilePath, tilePath, widthAt } from "@/lib/audit/tile";

test("places are written as C2SP tlog-tiles says", () => {
  expect(tilePath({ level: 0, place: 1_234_067, width: 256 })).toBe("0/x001/x234/067");
  expect(tilePath({ level: "entries", place: 273, width: 7 })).toBe("entries/273.p/7");
  expect(tilePath({ level: 1, place: 1_000, width: 256 })).toBe("1/x001/000");
});

test("every path leads back to its tile, and every tile has one path", () => {
  const level = fc.oneof(fc.nat(5), fc.constant("entries" as const));
  const place = fc.nat(999_999_999);
  fc.assert(
    fc.property(level, place, fc.integer({ min: 1, max: 256 }), (level, place, width) => {
      const tile = { level, place, width };
      expect(parseTilePath(tilePath(tile).split("/"))).toEqual(tile);
    }),
  );
  for (const path of [
    ...[
      "",
      "0",
      "6/000",
      "00/000",
      "x/000",
      "0/0",
      "0/0000",
      "0/1000",
      "0/x000/001",
      "0/000/001",
      "0/x001",
      "0/-01",
    ],
    ...[
      "0/000.p",
      "0/000.p/0",
      "0/000.p/256",
      "0/000.p/07",
      "0/000.p/1/1",
      "0/000.p/x",
      "entries",
      "0/x001.p/000/1",
    ],
  ])
    expect(parseTilePath(path.split("/")), path).toBeNull();
});

test("a tile is as wide as the log reaches", () => {
  expect([255, 256, 257, 600].map((size) => widthAt(size, { level: 0, place: 1 }))).toEqual([0, 0, 1, 256]);
  expect([255, 256, 600, 65_536].map((size) => widthAt(size, { level: 1, place: 0 }))).toEqual([
    0, 1, 2, 256,
  ]);
  expect(widthAt(65_536, { level: 2, place: 0 })).toBe(1);
});

test("an entry that a bundle cannot hold makes no bundle: it is not cut", () => {
  expect(entryBundle(["é", "ab"])).toEqual(Buffer.from([0, 2, 0xc3, 0xa9, 0, 2, 0x61, 0x62]));
  expect(entryBundle(["x".repeat(65_536)])).toBeNull();
});
