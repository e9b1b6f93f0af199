/** How the part of a value is found that no mask may show. */
export type NeedleKind =
  | "name"
  | "full_name"
  | "email"
  | "phone"
  | "text"
  | "whole"
  | "secret"
  | "pan"
  | "iban"
  | "ip"
  | "decimal"
  | "bytes"
  | "point"
  | "genotype";

const code = /[A-HJKMNP-Z2-9]{4}(?:-[A-HJKMNP-Z2-9]{4}){2}(?![A-Z0-9])/g;
const token = /(?<=[.+/"])[a-hjkmnp-z2-9]{12}(?![a-z0-9])/g;
const inventedName = /(?<![a-z])(?:[bdfgklmnprstvz][aeiou]){6}(?![a-z])/gi;
const phoneNumber = /[+(0][0-9][0-9 ()/-]{9,}[0-9]/g;

/**
 * The substrings of a canary that must show nowhere before a reveal. What a partial mask may keep is not among
 * them: the first letter and domain of an e-mail, the country and last two digits of a phone, the last four of a
 * number. `names` are the given and family name of the row, for columns made of both.
 */
export function needlesOf(kind: NeedleKind, raw: string, names: readonly string[] = []): string[] {
  const found = find(kind, raw, names).filter((needle) => Buffer.byteLength(needle) >= shortestNeedle);
  return [...new Set(found)];
}

export const shortestNeedle = 8;

function find(kind: NeedleKind, raw: string, names: readonly string[]): string[] {
  switch (kind) {
    case "name":
      return inventedPart(raw);
    case "full_name":
      return names.flatMap(inventedPart);
    case "email":
      return raw.match(token) ?? [];
    case "phone":
      return (raw.match(phoneNumber) ?? []).flatMap(phoneNeedles);
    case "text":
      return [
        ...(raw.match(code) ?? []).flatMap((found) => [found, found.replaceAll("-", "")]),
        ...(raw.match(token) ?? []),
        ...(raw.match(inventedName) ?? []).map((found) => found.slice(1)),
        ...(raw.match(phoneNumber) ?? [])
          .filter((found) => digitsOf(found).length >= 15)
          .flatMap(phoneNeedles),
      ];
    case "whole":
      return [raw, raw.replaceAll(/[^0-9A-Za-z]/g, "")];
    case "secret":
      return secretNeedles(raw);
    case "pan":
      return (raw.match(/[0-9](?:[ -]?[0-9]){14,18}/g) ?? []).flatMap(cardNeedles);
    case "iban":
      return [raw.slice(4, -4), raw.replaceAll(/(.{4})(?=.)/g, "$1 ").slice(5, -5)];
    case "ip":
      return [raw.replace(/\/.*/, "").split(":").slice(3).join(":")];
    case "decimal":
      return [raw, raw.replaceAll(/\B(?=(\d{3})+\.)/g, ",")];
    case "bytes":
      return Buffer.from(raw.slice(2), "hex").toString("latin1").match(code) ?? [];
    case "point":
      return raw
        .slice(1, -1)
        .split(",")
        .map((part) => part.slice(0, 10));
    case "genotype":
      return raw.match(/[0-9]{12}/g) ?? [];
  }
}

/** The invented name that ends a name, in any script, without its first letter. */
function inventedPart(name: string): string[] {
  const last = name.split(/[\s-]/).at(-1) ?? "";
  const isPacked = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]/u.test(last);
  return [isPacked ? last.slice(-5) : last.slice(1)];
}

function phoneNeedles(phone: string): string[] {
  const shown = phone.slice(0, -2);
  const national = shown.startsWith("+") ? shown.slice(shown.indexOf(" ") + 1) : shown;
  return [shown, national, digitsOf(shown), digitsOf(national)].filter((needle) => needle.length >= 10);
}

/** Of 16 digits the middle ten: masks may show the issuer and the last four. */
function cardNeedles(card: string): string[] {
  const digits = digitsOf(card);
  const spaced = digits.replaceAll(/(.{4})(?=.)/g, "$1 ");
  return [digits.slice(3, -3), spaced.slice(4, -4), spaced.slice(4, -4).replaceAll(" ", "-")];
}

/** The longest run without separators, from its end: a prefix such as `ses_` says nothing. */
function secretNeedles(secret: string): string[] {
  const runs = secret.replaceAll(/-----[A-Z ]+-----/g, "").split(/[$_:,=\s]/);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return [longest.slice(-40), longest.slice(-32, -8)];
}

function digitsOf(text: string): string {
  return text.replaceAll(/[^0-9]/g, "");
}
