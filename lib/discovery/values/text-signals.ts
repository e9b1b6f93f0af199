import { callingCodes, countryCodes, ibanLengths } from "@/lib/discovery/data/dictionary";
import { iban, luhn, vin } from "@/lib/discovery/values/checksums";
import { gateOf } from "@/lib/discovery/values/gates";
import { bits, type Signal } from "@/lib/discovery/values/signal";
import { oneOf } from "@/lib/discovery/values/words";

const match =
  (pattern: string): Signal["sql"] =>
  ({ v }) =>
    `${v} ~ '${pattern}'`;

const text = (id: string, says: string, sql: Signal["sql"]): Signal => signal(id, ["text"], says, sql);
const either = (id: string, says: string, sql: Signal["sql"]): Signal =>
  signal(id, ["text", "number"], says, sql);

function signal(id: string, on: Signal["on"], says: string, sql: Signal["sql"]): Signal {
  const gate = gateOf[id];
  return { id, on, says, sql, ...(gate === undefined ? {} : { gate }) };
}
const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const has = (mask: string, bit: number) => `(${mask} & ${bit}) > 0`;
const ibanRow = ibanLengths.split("|").map((entry) => `'${entry.slice(0, 2)}${entry.slice(2)}'`);

/** Who and where. */
export const personSignals: readonly Signal[] = [
  text("given", "are given names", ({ whole }) => has(whole, bits.given)),
  text("family", "are family names", ({ whole }) => has(whole, bits.family)),
  text(
    "full_name",
    "are a given and a family name",
    (cells) =>
      `${cells.v} !~ '[0-9_@/:;]' AND (${has(cells.first, bits.given)} AND ${has(cells.last, bits.family | bits.given)} OR strpos(${cells.v}, ',') > 0 AND ${has(cells.first, bits.family)} AND ${has(cells.last, bits.given)})`,
  ),
  text(
    "starts_with_given",
    "begin with a given name",
    (cells) => `${cells.v} !~ '[0-9_@/:;]' AND ${has(cells.first, bits.given)}`,
  ),
  text("city", "are names of places", ({ whole }) => has(whole, bits.city)),
  text(
    "country",
    "are countries",
    ({ whole, v }) => `(${has(whole, bits.country)} OR ${v} ~ '^(${countryCodes})$')`,
  ),
  text("country_name", "are names of countries", ({ whole }) => has(whole, bits.country)),
  text("region", "are names of regions", ({ whole }) => has(whole, bits.region)),
  text(
    "street",
    "name a street and a number",
    ({ v, p }) =>
      `${v} ~ '[0-9]' AND ${p} ~ '(street|avenue|road|lane|drive|boulevard|court|strasse|str\\.|weg|gasse|platz|allee|damm|ufer|straat|laan|plein|gracht|kade|gatan|vagen)\\M|\\m(st|ave|rd|ln|dr|blvd|ct|hwy|pkwy|way|rue|chemin|place|impasse|quai|cours|allee|route|calle|avenida|av|plaza|paseo|camino|carrera|carretera|ronda|via|viale|corso|piazza|strada|vicolo|contrada|rua|travessa|praca|alameda|rodovia|estrada|largo|ul|ulica|al|aleja|os|plac|apt|suite|terrace|close|crescent|square)\\M'`,
  ),
  text(
    "house",
    "are a word and a house number",
    match("^[0-9]{1,5}[A-Za-z]?,? [^0-9@]{4,60}$|^[^0-9@_=]{4,60},? [0-9]{1,5} ?[A-Za-z]?$"),
  ),
  text("gender", "are words for a sex", ({ p }) =>
    oneOf(
      p,
      "m f w d x male female man woman other mann frau mannlich weiblich divers homme femme masculin feminin hombre mujer masculino femenino feminino maschio femmina h v man vrouw k mezczyzna kobieta nonbinary non-binary u unknown",
    ),
  ),
  text("gender_word", "are whole words for a sex", ({ p }) =>
    oneOf(
      p,
      "male female mannlich weiblich homme femme masculin feminin hombre mujer masculino femenino feminino maschio femmina vrouw mezczyzna kobieta non-binary nonbinary",
    ),
  ),
  text("marital", "are words for a marital status", ({ p }) =>
    oneOf(
      p,
      "married single divorced widowed separated ledig verheiratet geschieden verwitwet celibataire marie mariee divorce divorcee veuf veuve pacse soltero soltera casado casada divorciado divorciada viudo viuda celibe nubile coniugato coniugata divorziato vedovo vedova solteiro solteira divorciado viuvo ongehuwd gehuwd gescheiden weduwe kawaler panna zonaty zamezna rozwiedziony",
    ),
  ),
  text("religion", "are words for a religion", ({ p }) =>
    oneOf(
      p,
      "catholic protestant christian muslim jewish hindu buddhist sikh atheist orthodox lutheran roman_catholic islam judaism hinduism buddhism christianity rk ev katholisch evangelisch muslimisch judisch catholique musulman juif catolico catolica musulmano judio cattolico ebreo evangelico katoliek islamitisch katolik",
    ),
  ),
  text("ethnic", "are words for an ethnic group", ({ p }) =>
    oneOf(
      p,
      "white black asian hispanic latino caucasian african_american native_american hispanic_or_latino not_hispanic_or_latino black_or_african_american pacific_islander nonhispanic mixed roma",
    ),
  ),
  text(
    "courtesy",
    "are forms of address",
    match("^(Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Herr|Frau|Sr|Sra|Srta|M|Mme|Mlle|Sig|Dhr|Mevr|Pan|Pani)\\.?$"),
  ),
  text("blood", "are blood groups", match("^(A|B|AB|O|0) ?[+-]$|^(A|B|AB|O) ?(pos|neg)")),
];

/** Where somebody is reached. */
export const contactSignals: readonly Signal[] = [
  text(
    "email",
    "have the shape of an e-mail address",
    match("^[^@[:space:]<>,;]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]*\\.[A-Za-z]{2,}$"),
  ),
  either(
    "phone_code",
    "are telephone numbers with a country code",
    ({ v, d }) =>
      `CASE WHEN ${v} ~ '^(\\+|00)[1-9][0-9 ()./-]{6,24}$' AND length(${d}) BETWEEN 8 AND 15 THEN ltrim(${d}, '0') ~ '^(${callingCodes})' ELSE false END`,
  ),
  either(
    "phone_shape",
    "have the shape of a telephone number",
    ({ v, d }) =>
      `length(${d}) BETWEEN 7 AND 15 AND ${v} ~ '^\\+?[(]?[0-9][0-9 ()./x#-]{5,26}$' AND ${v} ~ '[ ()/-]|\\..*\\.|^0' AND ${v} !~ '^\\d{4}-\\d{2}-\\d{2}|^\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}$|^\\d{3}-\\d{2}-\\d{4}$|^\\d{4}[ -]\\d{4}[ -]\\d{4}|^0+$|^\\d{1,2}-\\d{7}$|^${octet}(\\.${octet}){3}$'`,
  ),
  either("digits", "hold three digits or more", ({ d }) => `length(${d}) >= 3`),
  either(
    "phone_length",
    "have as many digits as a telephone number",
    ({ d }) => `length(${d}) BETWEEN 7 AND 15`,
  ),
  text(
    "postcode",
    "have the shape of a postal code",
    match(
      "^\\d{4,5}$|^\\d{5}-\\d{3,4}$|^\\d{2}-\\d{3}$|^\\d{3} ?\\d{2}$|^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$|^\\d{4} ?[A-Z]{2}$|^[A-Z]\\d[A-Z][ -]?\\d[A-Z]\\d$|^\\d{6}$|^\\d{3}-\\d{4}$|^[A-Z]{1,2}-\\d{4,5}$",
    ),
  ),
  text(
    "postcode_letters",
    "have the shape of a British, Dutch or Canadian postal code",
    match("^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$|^\\d{4} ?[A-Z]{2}$|^[A-Z]\\d[A-Z] ?\\d[A-Z]\\d$"),
  ),
  text(
    "ip",
    "are network addresses",
    ({ v }) =>
      `(${v} ~ '^${octet}(\\.${octet}){3}(/\\d{1,2})?$' OR (length(${v}) - length(replace(${v}, ':', '')) = 7 OR strpos(${v}, '::') > 0) AND ${v} ~ '^[0-9a-fA-F:.]{3,45}$')`,
  ),
  text("mac", "are hardware addresses", match("^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$")),
  either(
    "imei",
    "are 15 digits that pass the Luhn check",
    ({ v, d }) =>
      `CASE WHEN ${v} ~ '^[0-9]{2}-?[0-9]{6}-?[0-9]{6}-?[0-9]$' AND ${d} !~ '^3[47]' THEN ${luhn(d, 15)} ELSE false END`,
  ),
  text("agent", "are user agents", match("^(Mozilla|Opera|curl|Dalvik|okhttp|PostmanRuntime)/[0-9]")),
  text("url", "are addresses of pages", match("^(https?|ftps?|wss?|s3|file)://")),
  text(
    "path",
    "are names of files",
    match(
      "^(/|[A-Za-z]:\\\\|\\./)[^ ]*$|^[^ ]+\\.(jpe?g|png|gif|svg|webp|pdf|docx?|xlsx?|txt|csv|zip|html?|js|css|php)$",
    ),
  ),
  text("uuid", "are UUIDs", match("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")),
];

/** Money and vehicles. */
export const moneySignals: readonly Signal[] = [
  either(
    "pan",
    "are card numbers that pass the Luhn check",
    ({ v, d }) =>
      `CASE WHEN ${v} ~ '^[0-9]([ -]?[0-9]){12,18}$' AND ${d} ~ '^(4|5[0-9]|6[0-9]|3[04-9]|2[2-7]|1800|2131|8[16])' AND ${d} !~ '^(.)\\1+$' THEN ${luhn(d, 19)} ELSE false END`,
  ),
  text(
    "iban",
    "pass the check of an IBAN",
    ({ v }) =>
      `CASE WHEN ${v} ~ '^[A-Z]{2}[0-9]{2}([ ]?[A-Z0-9]){11,30}$' THEN left(${v}, 2) || length(replace(${v}, ' ', '')) IN (${ibanRow.join(", ")}) AND ${iban(`replace(${v}, ' ', '')`)} ELSE false END`,
  ),
  text("bic", "have the shape of a BIC", match(`^[A-Z]{4}(${countryCodes})[A-Z0-9]{2}([A-Z0-9]{3})?$`)),
  text(
    "btc",
    "have the shape of a wallet's address",
    match(
      "^(bc1[a-z0-9]{25,59}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|[LM][1-9A-HJ-NP-Za-km-z]{26,33}|0x[0-9a-fA-F]{40})$",
    ),
  ),
  text("vin", "have the shape of a vehicle number", match("^(?=.*[A-Z])(?=.*\\d)[A-HJ-NPR-Z0-9]{17}$")),
  text(
    "vin_check",
    "pass the check of a vehicle number",
    ({ v }) => `CASE WHEN ${v} ~ '^[A-HJ-NPR-Z0-9]{17}$' THEN ${vin(v)} ELSE false END`,
  ),
  text(
    "vat",
    "have the shape of a VAT number",
    match(
      "^(ATU\\d{8}|BE[01]\\d{9}|CY\\d{8}[A-Z]|CZ\\d{8,10}|DE\\d{9}|DK\\d{8}|EE\\d{9}|EL\\d{9}|ES[A-Z0-9]\\d{7}[A-Z0-9]|FI\\d{8}|FR[A-Z0-9]{2}\\d{9}|HR\\d{11}|HU\\d{8}|IE\\d[A-Z0-9+*]\\d{5}[A-Z]{1,2}|IT\\d{11}|LT(\\d{9}|\\d{12})|LU\\d{8}|LV\\d{11}|MT\\d{8}|NL\\d{9}B\\d{2}|PL\\d{10}|PT\\d{9}|RO\\d{2,10}|SE\\d{12}|SI\\d{8}|SK\\d{10}|CHE-?\\d{3}\\.?\\d{3}\\.?\\d{3}.*)$",
    ),
  ),
  text("ein", "have the shape of a US employer number", match("^\\d{2}-\\d{7}$")),
  text("expiry", "are a month and a year", match("^(0[1-9]|1[0-2])[/-]?(\\d{2}|20\\d{2})$")),
];

/** What opens doors. */
export const secretSignals: readonly Signal[] = [
  text(
    "password_hash",
    "are hashes of passwords",
    match(
      "^(\\$2[abxy]?\\$\\d{2}\\$|\\$argon2|\\$scrypt|\\$pbkdf2|pbkdf2_|\\$[156]\\$|\\$P\\$|\\$H\\$|\\{SSHA|scrypt:|bcrypt|argon2|SCRAM-SHA)",
    ),
  ),
  text(
    "hex_hash",
    "are as long as a hash",
    match("^([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})$"),
  ),
  text(
    "token_known",
    "begin as tokens of known makers do",
    match(
      "^(eyJ[A-Za-z0-9_-]{8,}\\.|sk_(live|test)_|pk_(live|test)_|rk_live_|whsec_|gh[opsur]_|github_pat_|glpat-|xox[abprs]-|AKIA[A-Z0-9]{16}|ASIA[A-Z0-9]{16}|AIza|ya29\\.|SG\\.|npm_|pypi-|shpat_|dop_v1_|postgres(ql)?://[^ ]+:[^ ]+@|mysql://[^ ]+:[^ ]+@|mongodb(\\+srv)?://[^ ]+:[^ ]+@|redis://[^ ]*:[^ ]+@|amqps?://[^ ]+:[^ ]+@|Bearer )",
    ),
  ),
  text("token_random", "look random", match("^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/_=-]{20,}$")),
  text("pem", "are private keys", match("^-----BEGIN [A-Z ]*PRIVATE KEY|^PuTTY-User-Key")),
];

/** Health, texts and documents. */
export const contentSignals: readonly Signal[] = [
  text("icd", "have the shape of an ICD-10 code", match("^[A-TV-Z][0-9][0-9A-B](\\.[0-9A-Z]{1,4})?$")),
  text(
    "loinc",
    "are LOINC codes with their check digit",
    ({ v, d }) => `CASE WHEN ${v} ~ '^\\d{3,7}-\\d$' THEN ${luhn(d, 8)} ELSE false END`,
  ),
  text("atc", "have the shape of an ATC code", match("^[A-DGHJLMNPRSV]\\d{2}[A-Z]{2}\\d{2}$")),
  either(
    "npi",
    "pass the check of a US provider number",
    ({ v, d }) => `CASE WHEN ${v} ~ '^[12]\\d{9}$' THEN ${luhn(`('80840' || ${d})`, 15)} ELSE false END`,
  ),
  text(
    "company",
    "end as companies do",
    ({ p }) =>
      `${p} ~ '\\m(inc|llc|ltd|limited|corp|corporation|gmbh|ag|kg|ohg|ug|se|sa|sas|sarl|eurl|bv|nv|spa|srl|snc|lda|ltda|sl|plc|co|company|group|holding|holdings|partners|associates|bank|and sons|oy|ab|as|a/s|sp\\. z o\\.?o)\\M\\.?$| (&|and|und|et|y|e) (co|sons|sohne|fils|hijos|figli)\\M'`,
  ),
  text("prose", "are sentences", ({ words }) => `${words} >= 5`),
  text("one_word", "are one word", ({ words }) => `${words} = 1`),
  text(
    "inner_email",
    "hold an e-mail address within",
    match("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}"),
  ),
  text(
    "inner_person",
    "speak of somebody",
    ({ v, p, first }) =>
      `(${v} ~ '\\m(Mr|Mrs|Ms|Dr|Herr|Frau|Sr|Sra|Mme|Sig|Dhr|Pan|Pani)\\.? [A-Z]' OR ${p} ~ '\\m(he|she|his|her|him|my|i|customer|client|patient|caller|employee|er|sie|kunde|kundin|il|elle|mon|client|cliente|paciente|el|ella|lui|lei|ele|ela|hij|zij|klant|klient)\\M' OR ${has(first, bits.given)} AND position(' ' in ${v}) > 0)`,
  ),
  text("number_text", "are numbers", match("^[+-]?\\d+([.,]\\d+)?$")),
  text("moment_text", "are dates", match("^\\d{4}-\\d{2}-\\d{2}([ T].*)?$|^\\d{1,2}[./]\\d{1,2}[./]\\d{4}$")),
  text("json_text", "are JSON", match("^[[{].*[]}]$")),
  text("domain_user", "are a domain and a login", match("^[A-Za-z0-9-]+\\\\[A-Za-z0-9._-]+$")),
];
