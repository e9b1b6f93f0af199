import type { Signal } from "@/lib/discovery/values/signal";

const keyOf = (words: string) => `([a-z0-9_-]*[_-])?(${words})([_-]?[a-z0-9]*)`;

/** What a key or tag of a document says it holds. */
const personKeys =
  "e?mail|first_?name|last_?name|sur_?name|full_?name|given_?name|family_?name|phone|mobile|birth|dob|address|street|zip|post(al)?_?code|ssn|passport|iban|gender|password|token|secret|vorname|nachname|prenom|nombre|apellido|telefon|strasse|cognome";

/** Questions to values that are no text. */
export const otherSignals: readonly Signal[] = [
  {
    id: "document_person",
    on: ["document"],
    says: "have a key that names something of a person",
    sql: ({ v }) => `${v} ~* '["<:]${keyOf(personKeys)}["> ]'`,
  },
  {
    id: "document_email",
    on: ["document"],
    says: "hold an e-mail address within",
    sql: ({ v }) => `${v} ~ '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}'`,
  },
  {
    id: "image",
    on: ["binary"],
    says: "are pictures",
    sql: ({ v }) => `${v} ~ '^(ffd8ff|89504e47|47494638|52494646|424d|49492a|4d4d002a|0000001866747970)'`,
  },
  {
    id: "paper",
    on: ["binary"],
    says: "are documents",
    sql: ({ v }) => `${v} ~ '^(25504446|504b0304|d0cf11e0|7b5c727466)'`,
  },
  {
    id: "latitude",
    on: ["number"],
    says: "are degrees with four decimals or more",
    sql: ({ v }) =>
      `CASE WHEN ${v} ~ '^-?[0-9]{1,3}\\.[0-9]{4,}$' THEN abs(${v}::numeric) <= 180 ELSE false END`,
  },
  {
    id: "age",
    on: ["number"],
    says: "are between 0 and 120",
    sql: ({ v }) => `${v} ~ '^([0-9]|[1-9][0-9]|1[01][0-9]|120)$'`,
  },
  {
    id: "born_long_ago",
    on: ["date"],
    says: "are more than 18 years ago",
    sql: ({ v }) => `${v} BETWEEN '1900-01-02' AND to_char(now() - interval '18 years', 'YYYY-MM-DD')`,
  },
  {
    id: "time_of_day",
    on: ["date"],
    says: "have a time of day",
    sql: ({ v }) => `${v} ~ ' (?!00:00:00)\\d'`,
  },
  {
    id: "not_born_yet",
    on: ["date"],
    says: "are of the last ten years or to come",
    sql: ({ v }) => `${v} > to_char(now() - interval '10 years', 'YYYY-MM-DD')`,
  },
];
