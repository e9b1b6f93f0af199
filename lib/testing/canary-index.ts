import { shortestNeedle } from "./needles";

type Entry = { bytes: Uint8Array; needle: string; owners: number[] };

const filterBits = 22;
const factor = 0x01000193;
const dropFactor = Array.from({ length: shortestNeedle }).reduce<number>(
  (power) => Math.imul(power, factor),
  1,
);
const lower = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** Many fixed strings, found in one pass: a rolling hash of eight bytes, a bit filter before the hash table. */
export class CanaryIndex {
  readonly #filter = new Uint8Array(1 << (filterBits - 3));
  readonly #byHash = new Map<number, Entry[]>();

  constructor(needlesOfOwner: readonly (readonly string[])[]) {
    const entries = new Map<string, Entry>();
    needlesOfOwner.forEach((needles, owner) => {
      for (const needle of needles) {
        for (const form of formsOf(needle)) {
          const entry = entries.get(form);
          if (entry) entry.owners.push(owner);
          else entries.set(form, { bytes: fold(Buffer.from(form)), needle, owners: [owner] });
        }
      }
    });
    for (const entry of entries.values()) this.#add(entry);
  }

  /** The owners whose needles occur, but for the needles that are allowed. */
  search(text: string | Uint8Array, isAllowed: (needle: string) => boolean): Set<number> {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    const owners = new Set<number>();
    let hash = 0;
    for (let end = 0; end < bytes.length; end++) {
      hash = (Math.imul(hash, factor) + (lower[bytes[end] ?? 0] ?? 0)) | 0;
      if (end >= shortestNeedle)
        hash = (hash - Math.imul(lower[bytes[end - shortestNeedle] ?? 0] ?? 0, dropFactor)) | 0;
      const bit = slotOf(hash);
      if (((this.#filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
      for (const entry of this.#byHash.get(hash) ?? []) {
        if (endsAt(bytes, end, entry.bytes) && !isAllowed(entry.needle))
          for (const owner of entry.owners) owners.add(owner);
      }
    }
    return owners;
  }

  /** Filed under its last eight bytes: the first ones are shared by many, as in `+49 30 2`. */
  #add(entry: Entry): void {
    let hash = 0;
    for (const byte of entry.bytes.subarray(-shortestNeedle)) hash = (Math.imul(hash, factor) + byte) | 0;
    const bit = slotOf(hash);
    this.#filter[bit >>> 3] = (this.#filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
    const same = this.#byHash.get(hash);
    if (same) same.push(entry);
    else this.#byHash.set(hash, [entry]);
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & ((1 << filterBits) - 1);
}

function endsAt(bytes: Uint8Array, end: number, needle: Uint8Array): boolean {
  const start = end + 1 - needle.length;
  if (start < 0) return false;
  for (let at = 0; at < needle.length; at++) if (lower[bytes[start + at] ?? 0] !== needle[at]) return false;
  return true;
}

function fold(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => lower[byte] ?? byte);
}

/** The needle as it is, and as it would look in a URL, in escaped JSON, in hex and in the midst of base64. */
function formsOf(needle: string): string[] {
  const bytes = Buffer.from(needle);
  const forms = [
    needle,
    encodeURIComponent(needle),
    encodeURIComponent(needle).replaceAll("%20", "+"),
    bytes.toString("hex"),
  ];
  forms.push(
    needle.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
  for (const shift of [0, 1, 2]) {
    // Only the characters that the needle alone decides, whatever stands before and after it.
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const inner = encoded.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
    if (inner.length >= 8) forms.push(inner, inner.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return [...new Set(forms.map((form) => form.toLowerCase()))].filter(
    (form) => Buffer.byteLength(form) >= shortestNeedle,
  );
}
