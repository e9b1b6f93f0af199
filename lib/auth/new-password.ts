const MIN = 12;
const MAX = 256;

// What is left after these are taken out has to stand on its own.
const obviousWords = [
  "password",
  "passwort",
  "passw",
  "glimpse",
  "welcome",
  "qwertyuiop",
  "qwerty",
  "asdfghjkl",
  "asdfgh",
  "zxcvbnm",
  "letmein",
  "iloveyou",
  "changeme",
  "trustno",
  "administrator",
  "admin",
  "default",
  "secret",
  "login",
  "abc",
];

const alike: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Why a new password is refused, in words, or null. Twelve characters or more that are not mostly a known word, the
 * person's own name or address, or one pattern; no rules about kinds of characters (NIST SP 800-63B 5.1.1.2).
 */
export function passwordComplaint(password: string, person: { email: string; name: string }): string | null {
  const length = [...password].length;
  if (length < MIN) return `Use ${MIN} characters or more.`;
  if (length > MAX) return `Use ${MAX} characters or fewer.`;
  if (new Set(password.toLowerCase()).size < 5) return "Use more different characters.";
  const words = [...obviousWords, ...wordsOf(person.email), ...wordsOf(person.name)];
  return leftOver(password, words).length < 6
    ? "This is too easy to guess. Add words that have nothing to do with you."
    : null;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);
}

function leftOver(password: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const strip = (text: string) => longestFirst.reduce((rest, word) => rest.replaceAll(word, ""), text);
  const plain = strip(password.toLowerCase());
  const meant = strip([...plain].map((letter) => alike[letter] ?? letter).join(""));
  const shorter = [plain, meant].map(withoutRuns).toSorted((a, b) => a.length - b.length)[0];
  return shorter ?? "";
}

/** Without what only repeats or counts on: of "aaaa", "1234" and "dcba" one character is left. */
function withoutRuns(text: string): string {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  return codes
    .filter((code, at) => {
      const step = code - (codes[at - 1] ?? Number.NaN);
      return !(Math.abs(step) <= 1);
    })
    .map((code) => String.fromCodePoint(code))
    .join("");
}
