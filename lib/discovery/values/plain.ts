/** Letters that no decomposition makes plain, one for one. */
const single: ReadonlyMap<string, string> = new Map([
  ["ł", "l"],
  ["Ł", "l"],
  ["ø", "o"],
  ["Ø", "o"],
  ["đ", "d"],
  ["Đ", "d"],
  ["ħ", "h"],
  ["Ħ", "h"],
  ["ı", "i"],
  ["ſ", "s"],
]);

const pairs: readonly (readonly [from: string, to: string])[] = [
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["Æ", "ae"],
  ["Œ", "oe"],
];

/** A text in lower case without accents; what SQL makes of a value in `plainSql`. */
export function plain(text: string): string {
  let result = text;
  for (const [from, to] of pairs) result = result.replaceAll(from, to);
  return [...result.normalize("NFC")]
    .map((letter) => letters.get(letter) ?? letter)
    .join("")
    .toLowerCase();
}

/** Every letter with an accent, and Greek and Cyrillic capitals, with what stands for it. */
const letters: ReadonlyMap<string, string> = new Map(
  [
    [0xc0, 0x24f],
    [0x370, 0x3ff],
    [0x400, 0x45f],
    [0x1e00, 0x1eff],
  ].flatMap(([first = 0, last = 0]) =>
    Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).flatMap(
      (letter) => {
        const base = single.get(letter) ?? letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
        return base !== letter && [...base].length === 1 ? [[letter, base] as const] : [];
      },
    ),
  ),
);

/** The two texts that `translate` in SQL takes. */
export const translation = {
  from: [...letters.keys()].join(""),
  to: [...letters.values()].join(""),
} as const;

/** The plain form of a value in SQL: only what is not ASCII pays for the translation. */
export function plainSql(value: string, from: string, to: string): string {
  const replaced = pairs.reduce((sql, [a, b]) => `replace(${sql}, '${a}', '${b}')`, value);
  return `lower(CASE WHEN octet_length(${value}) > length(${value}) THEN translate(${replaced}, ${from}, ${to}) ELSE ${value} END)`;
}
