import { isDay, remainder } from "@/lib/texts/check-digits";

/** A kind of number with letters in it, as it reads without gaps. */
export type LetterKind = {
  words: string;
  /** Classes of signs; a space stands for a gap that people may leave. */
  pattern: string;
  fits: (signs: string) => boolean;
};

const numberAt = (signs: string, from: number, to: number) => Number(signs.slice(from, to));
const spanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
const finnishSigns = "0123456789ABCDEFHJKLMNPRSTUVWXY";

/** Their letters make a chance hit rare, so that they are found wherever they stand. */
export const letterKinds = {
  "uk-nino": {
    words: "a UK National Insurance number",
    pattern: "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] [0-9]{2} [0-9]{2} [0-9]{2} [A-D]",
    fits: (signs) => !/^(BG|GB|KN|NK|NT|TN|ZZ)/.test(signs),
  },
  "es-dni": {
    words: "a Spanish DNI",
    pattern: "[0-9]{2} [0-9]{3} [0-9]{3} [A-HJ-NP-TV-Z]",
    fits: (signs) => signs[8] === spanishLetters[numberAt(signs, 0, 8) % 23],
  },
  "es-nie": {
    words: "a Spanish NIE",
    pattern: "[XYZ] [0-9] [0-9]{3} [0-9]{3} [A-HJ-NP-TV-Z]",
    fits: (signs) =>
      signs[8] === spanishLetters[Number(`${"XYZ".indexOf(signs[0] ?? "")}${signs.slice(1, 8)}`) % 23],
  },
  "it-cf": {
    words: "an Italian codice fiscale",
    pattern: "[A-Z]{3} [A-Z]{3} [0-9L-NP-V]{2} [A-EHLMPRST] [0-9L-NP-V]{2} [A-Z] [0-9L-NP-V]{3} [A-Z]",
    fits: (signs) => isCodiceFiscale(signs),
  },
  "fr-nir-corsica": {
    words: "a French social security number",
    pattern: "[1-478] [0-9]{2} [0-9]{2} 2[AB] [0-9]{3} [0-9]{3} [0-9]{2}",
    fits: (signs) => {
      const digits = signs.replace("2A", "19").replace("2B", "18");
      return 97 - remainder(digits.slice(0, 13), 97) === numberAt(digits, 13, 15);
    },
  },
  "de-rvnr": {
    words: "a German pension insurance number",
    pattern: "[0-9]{2} [0-9]{2}[0-9]{2}[0-9]{2} [A-Z] [0-9]{2} [0-9]",
    fits: (signs) => isPensionNumber(signs),
  },
  "fi-hetu": {
    words: "a Finnish personal identity code",
    pattern: "[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]",
    fits: (signs) =>
      isDay(numberAt(signs, 4, 6), numberAt(signs, 2, 4), numberAt(signs, 0, 2)) &&
      finnishSigns[Number(signs.slice(0, 6) + signs.slice(7, 10)) % 31] === signs[10],
  },
  "cn-ric": {
    words: "a Chinese resident identity number",
    pattern: "[1-9][0-9]{5} (?:18|19|20)[0-9]{2}[0-9]{2}[0-9]{2} [0-9]{3}[0-9X]",
    fits: (signs) => {
      const sum = [...signs.slice(0, 17)].reduce(
        (total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11),
        0,
      );
      return "10X98765432"[sum % 11] === signs[17];
    },
  },
} as const satisfies Record<string, LetterKind>;

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isCodiceFiscale(signs: string): boolean {
  const sum = [...signs.slice(0, 15)].reduce((total, sign, at) => {
    const place = /[0-9]/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
    return total + (at % 2 === 0 ? (oddValues[place] ?? 0) : place);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === signs[15];
}

/** The letter counts as its place in the alphabet; of products with two digits both are added. */
function isPensionNumber(signs: string): boolean {
  const letter = String(signs.charCodeAt(8) - 64).padStart(2, "0");
  const digits = signs.slice(0, 8) + letter + signs.slice(9, 11);
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = weights.reduce((total, weight, at) => {
    const product = Number(digits[at]) * weight;
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  const day = numberAt(signs, 2, 4);
  return (
    sum % 10 === Number(signs[11]) &&
    isDay(numberAt(signs, 6, 8), numberAt(signs, 4, 6), day > 50 ? day - 50 : day)
  );
}
