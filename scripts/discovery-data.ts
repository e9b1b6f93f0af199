import fs from "node:fs";
import { allFakers } from "@faker-js/faker";
import { countrySpecs } from "ibantools";
import { getCountries, getCountryCallingCode } from "libphonenumber-js";
import { plain } from "@/lib/discovery/values/plain";

/**
 * Writes lib/discovery/data from the development packages that know: names and places from faker's locales, country
 * codes and calling codes from libphonenumber, lengths of IBANs from ibantools. Run it after updating one of these.
 */
type Lists = { generic?: readonly string[]; female?: readonly string[]; male?: readonly string[] };

const skipped = new Set(["base", "en_BORK", "en_AU_ocker", "eo"]);
/** Parts of any country, which name no region of one. */
const directions =
  /^((north|south|east|west)(ern)?|central|centre|north(east|west|[ -](east|west))|upper|lower)$/u;

const given = new Set<string>();
const family = new Set<string>();
const city = new Set<string>();
const country = new Set<string>();
const region = new Set<string>();

for (const [locale, faker] of Object.entries(allFakers)) {
  if (skipped.has(locale)) continue;
  const { person, location } = faker.rawDefinitions;
  addAll(given, lists(person?.first_name));
  addAll(family, lists(person?.last_name));
  const cities = (location?.["city_name"] ?? []) as readonly string[];
  if (cities.length < 2_000) addAll(city, cities);
  addAll(country, (location?.["country"] ?? []) as readonly string[]);
  addAll(region, (location?.["state"] ?? []) as readonly string[]);
}
// A short form that everybody writes, and codes are told by themselves.
addAll(country, [
  "USA",
  "UK",
  "U.S.A.",
  "United States",
  "England",
  "Scotland",
  "Deutschland",
  "Holland",
  "Ireland",
  "Russia",
  "Vietnam",
  "South Korea",
]);

function lists(found: unknown): string[] {
  const { generic = [], female = [], male = [] } = (found ?? {}) as Lists;
  return [...generic, ...female, ...male];
}

/** Whole entries of two letters or more; a digit or a bracket is no part of a name. */
function addAll(into: Set<string>, words: readonly string[]): void {
  for (const word of words) {
    const one = plain(word).trim();
    if (one.length >= 2 && one.length <= 40 && !directions.test(one) && !/[\d()[\]|"\\{}]/u.test(one))
      into.add(one);
  }
}

const codes = [...new Set(getCountries().map((code) => getCountryCallingCode(code)))].sort();
const ibans = Object.entries(countrySpecs).flatMap(([code, spec]) =>
  spec.chars !== null ? [`${code}${spec.chars}`] : [],
);
const isoCountries = getCountries().filter((code) => /^[A-Z]{2}$/u.test(code));

const file = `/* Written by scripts/discovery-data.ts; not edited by hand. */

/** Words of names and places, in plain lower case, divided by "|". */
export const dictionary = {
  given: ${text(given)},
  family: ${text(family)},
  city: ${text(city)},
  country: ${text(country)},
  region: ${text(region)},
} as const;

/** Country calling codes, divided by "|". */
export const callingCodes = ${JSON.stringify(codes.join("|"))};

/** Countries as ISO 3166-1 alpha-2, divided by "|". */
export const countryCodes = ${JSON.stringify(isoCountries.join("|"))};

/** The length of an IBAN by country: DE22 and so on, divided by "|". */
export const ibanLengths = ${JSON.stringify(ibans.join("|"))};
`;

function text(words: ReadonlySet<string>): string {
  return JSON.stringify([...words].sort().join("|"));
}

fs.writeFileSync("lib/discovery/data/dictionary.ts", file);
