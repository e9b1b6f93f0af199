import { allFakers, type Faker } from "@faker-js/faker";
import { identityNumbers } from "./identity-numbers";

/** One value of a column as PostgreSQL reads it; null is NULL. */
export type MakeValue = (faker: Faker, row: number, argument: string) => string | number | null;

/** The languages that held-out schemas are filled in. */
export type Locale = "en_US" | "en_GB" | "de" | "fr" | "es" | "it" | "pt_BR" | "nl" | "pl";

/** A generator of its own for a locale, the same in every run. */
export function fakerOf(locale: Locale, seed: number): Faker {
  const faker = allFakers[locale];
  faker.seed(seed);
  faker.setDefaultRefDate("2026-01-01T00:00:00Z");
  return faker;
}

const day = (date: Date) => date.toISOString().slice(0, 10);
const moment = (date: Date) => date.toISOString();
const range = (text: string): [number, number] => {
  const [low = "0", high = "100"] = text.split("..");
  return [Number(low), Number(high)];
};

/** The values of columns by the word behind `~` in a held-out schema. */
export const makers: Readonly<Record<string, MakeValue>> = {
  ...identityNumbers,
  seq: (_, row) => row,
  first: (f) => f.person.firstName(),
  last: (f) => f.person.lastName(),
  full: (f) => `${f.person.firstName()} ${f.person.lastName()}`,
  lastfirst: (f) => `${f.person.lastName()}, ${f.person.firstName()}`,
  domain_user: (f) => `corp\\${f.internet.username().toLowerCase()}`,
  user: (f) => f.internet.username(),
  email: (f) => f.internet.email(),
  phone: (f) => f.phone.number(),
  phone_e164: (f) => f.phone.number({ style: "international" }),
  ext: (f) => f.string.numeric(4),
  street: (f) => f.location.streetAddress(),
  house: (f) => f.location.buildingNumber(),
  street2: (f) => f.location.secondaryAddress(),
  city: (f) => f.location.city(),
  zip: (f) => f.location.zipCode(),
  country: (f) => f.location.country(),
  country2: (f) => f.location.countryCode(),
  state: (f) => f.location.state(),
  lat: (f) => f.location.latitude({ precision: 6 }),
  lon: (f) => f.location.longitude({ precision: 6 }),
  birth: (f) => day(f.date.birthdate({ min: 18, max: 85, mode: "age" })),
  age: (f) => f.number.int({ min: 18, max: 90 }),
  sex: (f) => f.helpers.arrayElement(["M", "F"]),
  iban: (f) => f.finance.iban(),
  bic: (f) => f.finance.bic(),
  account: (f) => f.finance.accountNumber(9),
  pan: (f) => f.finance.creditCardNumber().replace(/\D/gu, ""),
  visa: (f) => f.finance.creditCardNumber("visa").replace(/\D/gu, ""),
  cvv: (f) => f.finance.creditCardCVV(),
  btc: (f) => f.finance.bitcoinAddress(),
  eth: (f) => f.finance.ethereumAddress(),
  amount: (f) => f.finance.amount(),
  ip: (f) => f.internet.ipv4(),
  ip6: (f) => f.internet.ipv6(),
  mac: (f) => f.internet.mac(),
  ua: (f) => f.internet.userAgent(),
  url: (f) => f.internet.url(),
  uuid: (f) => f.string.uuid(),
  jwt: (f) => f.internet.jwt(),
  imei: (f) => f.phone.imei().replaceAll("-", ""),
  vin: (f) => f.vehicle.vin(),
  plate: (f) => f.vehicle.vrm(),
  job: (f) => f.person.jobTitle(),
  company: (f) => f.company.name(),
  sentence: (f) => f.lorem.sentence(),
  note: (f) => `${f.person.firstName()} ${f.lorem.sentences(2)}`,
  words: (f) => f.lorem.words(3),
  word: (f) => f.lorem.word(),
  product: (f) => f.commerce.productName(),
  department: (f) => f.commerce.department(),
  color: (f) => f.color.human(),
  bcrypt: (f) => `$2b$12$${f.string.alphanumeric(53)}`,
  hex: (f, _, n) => f.string.hexadecimal({ length: Number(n), prefix: "", casing: "lower" }),
  b64: (f, _, n) => f.string.alphanumeric(Number(n)),
  upper: (f, _, n) => f.string.alpha({ length: Number(n), casing: "upper" }),
  base32: (f, _, n) =>
    Array.from({ length: Number(n) }, () =>
      f.helpers.arrayElement([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]),
    ).join(""),
  pem: (f) => `-----BEGIN PRIVATE KEY-----\n${f.string.alphanumeric(120)}\n-----END PRIVATE KEY-----`,
  pattern: (f, _, text) => f.helpers.replaceSymbols(text),
  digits: (f, _, n) => f.string.numeric({ length: Number(n), allowLeadingZeros: true }),
  int: (f, _, text) => f.number.int({ min: range(text)[0], max: range(text)[1] }),
  dec: (f, _, text) =>
    f.number.float({ min: range(text)[0], max: range(text)[1], fractionDigits: 2 }).toString(),
  date: (f) => day(f.date.past({ years: 6 })),
  ts: (f) => moment(f.date.past({ years: 3 })),
  future: (f) => day(f.date.future({ years: 3 })),
  bool: (f) => String(f.datatype.boolean()),
  one: (f, _, text) => f.helpers.arrayElement(text.split("/")),
  icd: (f) => `${f.helpers.arrayElement([..."ABCEFGIJKM"])}${f.string.numeric(2)}.${f.string.numeric(1)}`,
  semver: (f) => f.system.semver(),
  file: (f) => f.system.filePath(),
  mime: (f) => f.system.mimeType(),
  cron: (f) => f.system.cron(),
  json_person: (f) => JSON.stringify({ name: f.person.fullName(), contact: { email: f.internet.email() } }),
  json_thing: (f) => JSON.stringify({ width: f.number.int(90), color: f.color.human(), tags: ["a", "b"] }),
  emails: (f) => `{${f.internet.email()},${f.internet.email()}}`,
  tags: (f) => `{${f.lorem.word()},${f.lorem.word()}}`,
  bytes: (f) => `\\x${f.string.hexadecimal({ length: 64, prefix: "", casing: "lower" })}`,
  jpeg: (f) =>
    `\\xffd8ffe000104a46494600${f.string.hexadecimal({ length: 64, prefix: "", casing: "lower" })}`,
  xml_person: (f) => `<p><name>${f.person.firstName()}</name><mail>${f.internet.email()}</mail></p>`,
  point: (f) => `(${f.location.longitude()},${f.location.latitude()})`,
  title: (f) => f.book.title(),
  null: () => null,
};

/** What fills a column of a class where a held-out schema does not say; every other column says it. */
export const makerOfClass: Readonly<Record<string, string>> = {
  person_name: "full",
  given_name: "first",
  family_name: "last",
  username: "user",
  email: "email",
  phone: "phone",
  postal_address: "street",
  city: "city",
  postal_code: "zip",
  country_region: "country",
  birth_date: "birth",
  age: "age",
  gender: "sex",
  iban: "iban",
  pan: "pan",
  card_security: "cvv",
  ip_address: "ip",
  user_agent: "ua",
  job_title: "job",
  organization_name: "company",
  free_text: "note",
  password: "bcrypt",
  money_amount: "amount",
  income: "int:28000..120000",
  bank_account: "account",
  health_date: "date",
  device_id: "mac",
  vehicle_id: "vin",
  secret_token: "b64:40",
  nationality: "country",
};
