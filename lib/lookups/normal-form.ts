import { comparableText } from "@/lib/masking/sql";

/** How values of a class are compared when somebody says one: what differs in writing only is left out. */
export type NormalForm = "email" | "phone" | "digits" | "code" | "words" | "date";

const forms: Readonly<Record<string, NormalForm>> = {
  email: "email",
  phone: "phone",
  pan: "digits",
  iban: "code",
  bank_account: "code",
  national_id: "code",
  tax_id: "code",
  passport: "code",
  driver_licence: "code",
  vehicle_id: "code",
  medical_record_number: "code",
  health_insurance_id: "code",
  crypto_wallet: "code",
  device_id: "code",
  person_number: "code",
  postal_code: "code",
  family_name: "words",
  given_name: "words",
  person_name: "words",
  postal_address: "words",
  birth_date: "date",
};

/** Few enough have the same value, and guessing one is hopeless: by these classes a record may be looked up. */
const searchable: ReadonlySet<string> = new Set([
  "email",
  "phone",
  "pan",
  "iban",
  "bank_account",
  "national_id",
  "tax_id",
  "passport",
  "driver_licence",
  "vehicle_id",
  "medical_record_number",
  "health_insurance_id",
  "crypto_wallet",
  "device_id",
]);

/** The form in which a class is compared with what somebody says; null where three guesses would tell too much. */
export function checkForm(classId: string): NormalForm | null {
  return forms[classId] ?? null;
}

/** The form in which records are looked up by a class; null where its values are too easily guessed. */
export function lookupForm(classId: string): NormalForm | null {
  return searchable.has(classId) ? checkForm(classId) : null;
}

/**
 * The SQL expression, immutable and of type text, that brings a text into its normal form; an index over it serves
 * lookups. `text` is an expression under the collation "C".
 */
export function compileNormal(text: string, form: NormalForm): string {
  switch (form) {
    case "email":
      return `lower(btrim(${text}))`;
    case "phone":
      // The zeros in front of a national number and those of the international prefix say nothing of whose it is.
      return `ltrim(regexp_replace(${text}, '[^0-9]', '', 'g'), '0')`;
    case "digits":
      return `regexp_replace(${text}, '[^0-9]', '', 'g')`;
    case "code":
      return `upper(regexp_replace(${text}, '[^0-9A-Za-z]', '', 'g'))`;
    case "words":
      return `lower(btrim(regexp_replace(${text}, '[[:space:]]+', ' ', 'g')))`;
    case "date":
      return `left(${text}, 10)`;
  }
}

/** The normal form of a column. */
export function compileNormalColumn(column: string, form: NormalForm): string {
  return compileNormal(comparableText(column), form);
}

const leastSigns: Record<NormalForm, number> = {
  email: 6,
  phone: 7,
  digits: 12,
  code: 6,
  words: 2,
  date: 10,
};

/** Why a term cannot be looked up or compared, for whoever typed it; null where it can. */
export function termComplaint(term: string, form: NormalForm): string | null {
  if (term.includes("\0")) return "This cannot be stored in a database.";
  if (form === "email" && !/^\s*[^\s@]+@[^\s@]+\s*$/u.test(term))
    return "Write the whole address, with its @.";
  if (form === "date" && !/^\d{4}-\d\d-\d\d$/u.test(term)) return "Write the date as 1984-05-17.";
  const signs = term.replace(form === "phone" || form === "digits" ? /[^0-9]/gu : /[^\p{L}\p{N}]/gu, "");
  const least = leastSigns[form];
  return signs.length < Math.min(least, form === "date" ? 8 : least)
    ? `Write the whole value: at least ${least} ${form === "phone" || form === "digits" ? "digits" : "letters or digits"}.`
    : null;
}
