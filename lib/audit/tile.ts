import type { Node } from "@/lib/audit/proof";
import { nodeHash } from "@/lib/audit/merkle";

/** How many hashes, or entries, a full tile holds: C2SP tlog-tiles has a height of 8. */
export const tileWidth = 256;

/** A tile by its level, its place in the level and how many hashes it holds. Level "entries" holds the entries. */
export type Tile = { level: number | "entries"; place: number; width: number };

/** The tile that a path after `/tile/` names, as C2SP tlog-tiles writes it; null when no tile can have this path. */
export function parseTilePath(path: readonly string[]): Tile | null {
  const [level = "", ...rest] = path;
  if (!/^([0-5]|entries)$/.test(level)) return null;
  const width = rest.at(-2)?.endsWith(".p") ? rest.pop() : undefined;
  if (width !== undefined && !/^[1-9]\d{0,2}$/.test(width)) return null;
  if (Number(width ?? 1) >= tileWidth) return null;
  const digits = (width === undefined ? rest.join("/") : rest.join("/").slice(0, -2)).match(
    /^((?:x\d{3}\/){0,4})(\d{3})$/,
  );
  if (!digits) return null;
  const place = Number(digits[0].replaceAll(/[x/]/g, ""));
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    place,
    width: Number(width ?? tileWidth),
  };
  // One tile has one path: no leading groups of zeroes.
  return tilePath(tile) === path.join("/") ? tile : null;
}

/** The path of a tile after `/tile/`: places are written in groups of three digits, all but the last after an x. */
export function tilePath({ level, place, width }: Tile): string {
  const groups: string[] = [];
  for (let rest = place; ; rest = Math.floor(rest / 1000)) {
    groups.unshift(`${groups.length === 0 ? "" : "x"}${String(rest % 1000).padStart(3, "0")}`);
    if (rest < 1000) break;
  }
  return `${level}/${groups.join("/")}${width === tileWidth ? "" : `.p/${width}`}`;
}

/** How many hashes, or entries, a tree of this size has for a tile: none where it does not reach so far. */
export function widthAt(size: number, { level, place }: Omit<Tile, "width">): number {
  const count = level === "entries" ? size : Math.floor(size / tileWidth ** level);
  return Math.min(tileWidth, Math.max(0, count - place * tileWidth));
}

/** The tile that holds what the hash of a perfect subtree is made of, and which of its hashes those are. */
export function tileOf({ height, place }: Node): { level: number; place: number; from: number; to: number } {
  const level = Math.floor(height / 8);
  const count = 2 ** (height - level * 8);
  const first = place * count;
  const tilePlace = Math.floor(first / tileWidth);
  const from = first - tilePlace * tileWidth;
  return { level, place: tilePlace, from, to: from + count };
}

/** The root of 1, 2, 4, … hashes beside each other. */
export function perfectRoot(hashes: readonly Buffer[]): Buffer {
  const [first] = hashes;
  if (first === undefined) throw new RangeError("There is nothing to hash.");
  if (hashes.length === 1) return first;
  const middle = hashes.length / 2;
  return nodeHash(perfectRoot(hashes.slice(0, middle)), perfectRoot(hashes.slice(middle)));
}

/** The longest entry that an entry bundle can hold, in bytes. */
export const longestEntry = 65_535;

/** Entries as a bundle of C2SP tlog-tiles: each after its length in two bytes; null when one is too long for that. */
export function entryBundle(entries: readonly string[]): Buffer | null {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const bytes = Buffer.from(entry, "utf8");
    if (bytes.length > longestEntry) return null;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}
