/** One sign of a text as a scan reads it: plain and upper case, with the place of its character in the text. */
export type Sign = { plain: string; written: string; at: number };

// What a reader does not see between two digits: zero-width and direction marks, soft hyphens, variation selectors, fillers.
const unseen = /^[\p{Cf}\p{M}\u115f\u1160\u3164\uffa0]$/u;
const gap = /^[\s\u2800]$/u;
const dash = /^[\p{Pd}\u2212\u00b7\u2022\u2043]$/u;
const decimalDigit = /^\p{Nd}$/u;

/**
 * The signs of a text that a reader sees, each as plain as it reads: full-width, circled, mathematical and foreign digits
 * become 0 to 9, letters upper case. Places count characters (code points) from 0.
 */
export function plainSigns(text: string): Sign[] {
  const signs: Sign[] = [];
  let at = 0;
  for (const written of text) {
    if (!unseen.test(written))
      for (const plain of plainOf(written))
        signs.push({ plain: plain.length === 1 ? plain : "\ufffc", written, at });
    at += 1;
  }
  return signs;
}

function plainOf(written: string): string {
  if (written >= "0" && written <= "9") return written;
  if (gap.test(written)) return " ";
  if (dash.test(written)) return "-";
  const plain = written.normalize("NFKC");
  if (decimalDigit.test(plain) && !/^[0-9]$/.test(plain)) return String(digitValue(plain));
  return plain.replaceAll(/[\p{Cf}\p{M}]/gu, "").toUpperCase();
}

/** Decimal digits of a script stand in a row from its zero on. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (decimalDigit.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
