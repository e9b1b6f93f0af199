import { luhn, mod11, mod11then10, verhoeff, weighted } from "@/lib/discovery/values/checksums";
import { gates, type Signal } from "@/lib/discovery/values/signal";

const day = "(0[1-9]|[12]\\d|3[01])";
const month = "(0[1-9]|1[0-2])";

/** A number by its shape alone: as written, spaces included. */
const shaped =
  (pattern: string): Signal["sql"] =>
  ({ v }) =>
    `${v} ~ '^${pattern}$'`;

/** A number by the shape of its value and a check over its digits. */
const checked =
  (pattern: string, check: (digits: string) => string): Signal["sql"] =>
  ({ v, d }) =>
    `CASE WHEN ${v} ~ '^${pattern}$' THEN ${check(d)} ELSE false END`;

const one = (digits: string, place: number) => `(ascii(substr(${digits}, ${place}, 1)) - 48)`;

/** How many different digits there are. */
const different = (digits: string) =>
  `(${Array.from({ length: 10 }, (_, digit) => `(strpos(${digits}, '${digit}') > 0)::int`).join(" + ")})`;

type Country = [
  id: string,
  says: string,
  base: number,
  digits: number | readonly [number, number],
  sql: Signal["sql"],
];

/** National numbers with the rate at which random digits of their shape pass. */
const national: readonly Country[] = [
  [
    "us_ssn",
    "US social security numbers",
    0.02,
    9,
    shaped("(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}"),
  ],
  [
    "gb_nino",
    "British national insurance numbers",
    0.002,
    6,
    shaped("(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]"),
  ],
  [
    "gb_nhs",
    "NHS numbers",
    0.09,
    10,
    checked("\\d{3}[ -]?\\d{3}[ -]?\\d{4}", (d) => mod11(d, [10, 9, 8, 7, 6, 5, 4, 3, 2])),
  ],
  [
    "de_idnr",
    "German tax identification numbers",
    0.06,
    11,
    // One digit of the first ten is there twice or three times, the others once.
    checked(
      "[1-9]\\d( ?\\d{3}){3}",
      (d) => `(${different(`left(${d}, 10)`)} IN (8, 9) AND ${mod11then10(d, 11)})`,
    ),
  ],
  [
    "de_rv",
    "German insurance numbers",
    0.002,
    11,
    shaped(`\\d{2} ?(0[1-9]|[1-9]\\d)${month}\\d{2} ?[A-Z] ?\\d{3}|\\d{8} ?[A-Z] ?\\d{3}`),
  ],
  [
    "es_dni",
    "Spanish DNI or NIE numbers",
    0.05,
    [7, 8],
    ({ v, d }) =>
      `CASE WHEN ${v} ~ '^([XYZ]-?)?\\d{7,8}-?[A-HJ-NP-TV-Z]$' THEN substr('TRWAGMYFPDXBNJZSQVHLCKE', (translate(left(${v}, 1), 'XYZ0123456789', '012') || ${d})::int % 23 + 1, 1) = right(${v}, 1) ELSE false END`,
  ],
  [
    "fr_nir",
    "French social security numbers",
    0.011,
    15,
    checked(
      `[1-478] ?\\d{2} ?(0[1-9]|[1-9]\\d) ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{2}`,
      (d) => `(97 - left(${d}, 13)::numeric % 97 = right(${d}, 2)::int)`,
    ),
  ],
  [
    "it_cf",
    "Italian fiscal codes",
    0.001,
    7,
    shaped("[A-Za-z]{6}\\d{2}[A-EHLMPRSTa-ehlmprst]\\d{2}[A-Za-z]\\d{3}[A-Za-z]"),
  ],
  [
    "pt_nif",
    "Portuguese NIF numbers",
    0.09,
    9,
    checked("[1-9]\\d{8}", (d) => mod11(d, [9, 8, 7, 6, 5, 4, 3, 2], { ten: "0" })),
  ],
  [
    "nl_bsn",
    "Dutch BSN numbers",
    0.09,
    9,
    checked("\\d{9}", (d) => `((${weighted(d, [9, 8, 7, 6, 5, 4, 3, 2])} - ${one(d, 9)}) % 11 = 0)`),
  ],
  [
    "be_nn",
    "Belgian national numbers",
    0.02,
    11,
    checked(
      `\\d{2}[. ]?(0\\d|1[0-2])[. ]?([0-2]\\d|3[01])[- ]?\\d{3}[. ]?\\d{2}`,
      (d) =>
        `(right(${d}, 2)::int IN (97 - left(${d}, 9)::bigint % 97, 97 - ('2' || left(${d}, 9))::bigint % 97))`,
    ),
  ],
  [
    "pl_pesel",
    "Polish PESEL numbers",
    0.01,
    11,
    checked(
      `\\d{2}([02468][1-9]|[13579][0-2])${day}\\d{5}`,
      (d) => `((${weighted(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1])}) % 10 = 0)`,
    ),
  ],
  [
    "se_pnr",
    "Swedish personal numbers",
    0.01,
    [10, 12],
    checked(`(19|20)?\\d{2}${month}([06][1-9]|[1278]\\d|[39][01])[-+]?\\d{4}`, (d) =>
      luhn(`right(${d}, 10)`, 10),
    ),
  ],
  [
    "fi_hetu",
    "Finnish personal codes",
    0.002,
    [9, 10],
    shaped(`${day}${month}\\d{2}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]`),
  ],
  ["dk_cpr", "Danish CPR numbers", 0.05, 10, shaped(`${day}${month}\\d{2}-\\d{4}`)],
  [
    "no_fnr",
    "Norwegian birth numbers",
    0.002,
    11,
    checked(
      `${day}${month}\\d{2} ?\\d{5}`,
      (d) => `(${mod11(d, [3, 7, 6, 1, 8, 9, 4, 5, 2])} AND ${mod11(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])})`,
    ),
  ],
  [
    "ch_ahv",
    "Swiss AHV numbers",
    0.001,
    13,
    checked(
      "756\\.?\\d{4}\\.?\\d{4}\\.?\\d{2}",
      (d) => `(${weighted(d, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1])} % 10 = 0)`,
    ),
  ],
  [
    "br_cpf",
    "Brazilian CPF numbers",
    0.011,
    11,
    checked(
      "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}",
      (d) =>
        `(${mod11(d, [10, 9, 8, 7, 6, 5, 4, 3, 2], { ten: "0" })} AND ${mod11(d, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], { ten: "0" })})`,
    ),
  ],
  [
    "in_aadhaar",
    "Indian Aadhaar numbers",
    0.09,
    12,
    checked("[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}", (d) => verhoeff(d, 12)),
  ],
  [
    "ca_sin",
    "Canadian social insurance numbers",
    0.1,
    9,
    checked("[1-9]\\d{2}[ -]?\\d{3}[ -]?\\d{3}", (d) => luhn(d, 9)),
  ],
  [
    "au_tfn",
    "Australian tax file numbers",
    0.09,
    9,
    checked("\\d{3} ?\\d{3} ?\\d{3}", (d) => `(${weighted(d, [1, 4, 3, 7, 5, 8, 6, 9, 10])} % 11 = 0)`),
  ],
  [
    "mx_curp",
    "Mexican CURP codes",
    0.001,
    [7, 8],
    shaped(`[A-Z]{4}\\d{2}${month}${day}[HMX][A-Z]{5}[A-Z0-9]\\d`),
  ],
  ["mx_rfc", "Mexican RFC codes", 0.003, [6, 9], shaped(`[A-ZÑ&]{3,4}\\d{2}${month}${day}[A-Z0-9]{3}`)],
  [
    "cl_rut",
    "Chilean RUT numbers",
    0.09,
    [7, 9],
    ({ v, d }) =>
      `CASE WHEN ${v} ~ '^\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[0-9Kk]$' THEN substr('0K987654321', ${weighted("lpad(split_part(replace(" + v + ", '.', ''), '-', 1), 8, '0')", [3, 2, 7, 6, 5, 4, 3, 2])} % 11 + 1, 1) = upper(right(${v}, 1)) AND ${d} IS NOT NULL ELSE false END`,
  ],
  [
    "tr_tckn",
    "Turkish identity numbers",
    0.012,
    11,
    checked(
      "[1-9]\\d{10}",
      (d) =>
        `((7 * ${weighted(d, [1, 0, 1, 0, 1, 0, 1, 0, 1])} - ${weighted(d, [0, 1, 0, 1, 0, 1, 0, 1])} + 100) % 10 = ${one(d, 10)} AND ${weighted(d, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])} % 10 = ${one(d, 11)})`,
    ),
  ],
  [
    "ro_cnp",
    "Romanian CNP numbers",
    0.01,
    13,
    checked(
      `[1-9]\\d{2}${month}${day}(?:0[1-9]|[1-3]\\d|4[0-8]|5[12]|70)\\d{4}`,
      (d) =>
        `(substr('01234567891', ${weighted(d, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9])} % 11 + 1, 1) = right(${d}, 1))`,
    ),
  ],
  [
    "cz_rc",
    "Czech birth numbers",
    0.02,
    10,
    checked(`\\d{2}([0257][1-9]|[1368][0-2])${day}/?\\d{4}`, (d) => `(${d}::bigint % 11 = 0)`),
  ],
  [
    "za_id",
    "South African identity numbers",
    0.01,
    13,
    checked(`\\d{2}${month}${day}\\d{4}[01]\\d{2}`, (d) => luhn(d, 13)),
  ],
  ["kr_rrn", "Korean resident numbers", 0.02, 13, shaped(`\\d{2}${month}${day}-[1-8]\\d{6}`)],
  [
    "cn_id",
    "Chinese identity numbers",
    0.005,
    [17, 18],
    ({ v }) =>
      `CASE WHEN ${v} ~ '^[1-9]\\d{5}(19|20)\\d{2}${month}${day}\\d{3}[0-9Xx]$' THEN substr('10X98765432', ${weighted(v, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])} % 11 + 1, 1) = upper(right(${v}, 1)) ELSE false END`,
  ],
  [
    "jp_mynumber",
    "Japanese individual numbers",
    0.1,
    12,
    checked(
      "\\d{12}",
      (d) =>
        `(CASE WHEN ${weighted(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])} % 11 <= 1 THEN 0 ELSE 11 - ${weighted(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])} % 11 END = ${one(d, 12)})`,
    ),
  ],
  ["sg_nric", "Singapore NRIC numbers", 0.02, 7, shaped("[STFGM]\\d{7}[A-Z]")],
];

/** One signal for each kind of national number. */
export const identitySignals: readonly Signal[] = national.map(([id, says, , digits, sql]) => ({
  id,
  on: ["text", "number"],
  says: `are valid ${says}`,
  gate: typeof digits === "number" ? gates.digits(digits, digits) : gates.digits(...digits),
  sql,
}));

/** The rate at which random input of the same shape passes each of them. */
export const identityBase: ReadonlyMap<string, number> = new Map(national.map(([id, , base]) => [id, base]));
