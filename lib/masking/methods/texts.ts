import { z } from "zod";
import { leastHidden, whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import { comparableText } from "@/lib/masking/sql";

/** So many characters of a long text are looked at; the rest is not shown. */
const looked = 2_000;
const veil = "•••";

type FreeText = { method: "text"; shape: "patterns" | "words" };

/** What is replaced in a text, one pattern after the other, and by what. */
const replaced: Record<FreeText["shape"], readonly (readonly [pattern: string, by: string])[]> = {
  // Addresses and links as a whole; then every word with a digit in it, of whatever script.
  patterns: [
    ["[^[:space:]<>\"'',;:()]+@[^[:space:]<>\"'',;:()]+", "‹e-mail›"],
    ["[a-zA-Z]+://[^[:space:]<>\"'']+", "‹link›"],
    ["[^[:space:]]*[0-9٠-٩۰-۹०-९০-৯๐-๙０-９][^[:space:]]*", veil],
  ],
  // Every word that holds anything but small letters from a to z.
  words: [["[^[:space:]]*[^a-z[:space:].,;!?][^[:space:]]*", veil]],
};

const words: Record<FreeText["shape"], readonly [name: string, says: string]> = {
  patterns: [
    "text, numbers hidden",
    "The text without e-mail addresses, links and whatever holds digits; dots where it holds none of them. Gives away all else: names, places, what is said, and about how long it is.",
  ],
  words: [
    "text, small words only",
    "The words written in small letters from a to z. Gives away what is said in them, where other words stood, and about how long it is.",
  ],
};

function freeText(shape: FreeText["shape"], costNs: number): MaskKind<FreeText> {
  return {
    schema: z.strictObject({ method: z.literal("text"), shape: z.literal(shape) }),
    id: `text ${shape}`,
    openness: "part",
    letter: "w",
    classes: ["free_text", "structured_doc"],
    usual: [{ method: "text", shape }],
    withheld: () => true,
    costNs,
    fits: ({ category }) => category === "text",
    compile: ({ sql }) => {
      const text = comparableText(sql);
      const shown = replaced[shape].reduce(
        (before, [pattern, by]) => `regexp_replace(${before}, '${pattern}', '${by}', 'g')`,
        '"glimpse text"',
      );
      // What is the same in both counts as shown; the dots that stand for a part never count as hidden.
      const kept = `length(translate("glimpse shown", '•‹›', ''))`;
      const isHidden = `"glimpse shown" <> "glimpse text" AND length("glimpse text") - ${kept} >= ${leastHidden}`;
      const end = `CASE WHEN length(${text}) > ${looked} THEN ' …' ELSE '' END`;
      const once = `SELECT "glimpse text", ${shown} AS "glimpse shown" FROM (SELECT left(${text}, ${looked}) AS "glimpse text" OFFSET 0) AS "glimpse value" OFFSET 0`;
      return `CASE WHEN ${text} IS NULL THEN NULL ELSE (SELECT CASE WHEN ${isHidden} THEN "glimpse shown" || ${end} ELSE ${whole} END FROM (${once}) AS "glimpse masked") END`;
    },
    variant: () => "",
    name: () => words[shape][0],
    says: () => words[shape][1],
  };
}

/** A text without addresses, links and numbers. */
export const patterns = freeText("patterns", 12_000);

/** The small words of a text. */
export const smallWords = freeText("words", 9_000);

/** The first bytes of common kinds of file, in hex. */
const kinds: readonly (readonly [start: string, name: string])[] = [
  ["ffd8ff", "JPEG image"],
  ["89504e47", "PNG image"],
  ["47494638", "GIF image"],
  ["52494646", "WebP image or sound"],
  ["49492a00", "TIFF image"],
  ["4d4d002a", "TIFF image"],
  ["25504446", "PDF document"],
  ["504b0304", "ZIP or Office document"],
  ["d0cf11e0", "Office document"],
  ["1f8b", "gzip archive"],
];

const steps: readonly (readonly [least: number, words: string])[] = [
  [10_000_000, "10 MB or more"],
  [1_000_000, "1 to 10 MB"],
  [100_000, "100 kB to 1 MB"],
  [10_000, "10 to 100 kB"],
  [1_000, "1 to 10 kB"],
];

/** What kind of file and about how large; of a text the rough length alone. */
export const size: MaskKind<{ method: "size" }> = {
  schema: z.strictObject({ method: z.literal("size") }),
  id: "size",
  openness: "range",
  letter: "z",
  usual: [{ method: "size" }],
  costNs: 800,
  fits: ({ category }) => category === "bytea" || category === "text" || category === "xml",
  compile: ({ sql, type }) => {
    const isBytes = type.category === "bytea";
    const length = `octet_length(${isBytes ? sql : `${sql}::text`})`;
    const about = `CASE ${steps.map(([least, text]) => `WHEN ${length} >= ${least} THEN '${text}'`).join(" ")} ELSE 'under 1 kB' END`;
    const start = `encode(substring(${sql} from 1 for 4), 'hex')`;
    const kind = `CASE ${kinds.map(([hex, name]) => `WHEN ${start} LIKE '${hex}%' THEN '${name}'`).join(" ")} ELSE 'file' END`;
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE '‹' || ${isBytes ? kind : "'text'"} || ', ' || ${about} || '›' END`;
  },
  variant: () => "",
  name: () => "size only",
  says: () =>
    "What kind of file it is and about how large, of a text how long, in powers of ten. Gives away those and whether there is one.",
};
