import { allFakers } from "@faker-js/faker";
import { isValidIBAN } from "ibantools";
import { stdnum } from "stdnum";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityBase, identitySignals } from "@/lib/discovery/values/identity-signals";
import { plain, plainSql, translation } from "@/lib/discovery/values/plain";
import type { Cells, Signal } from "@/lib/discovery/values/signal";
import { moneySignals } from "@/lib/discovery/values/text-signals";
import { SqlSink } from "@/lib/masking/sql";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { identityNumbers } from "@/lib/testing/held-out/identity-numbers";
import { testPool } from "@/lib/testing/masked-values";

const faker = allFakers.en;
faker.seed(7);
// The same days of birth on whatever day the test runs.
faker.setDefaultRefDate("2026-01-01");
let database: TestDatabase;
let pool: SourcePool;

beforeAll(async () => {
  database = await emptySource();
  pool = testPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const cells: Cells = {
  v: "v",
  d: "d",
  p: "lower(v)",
  whole: "0",
  first: "0",
  last: "0",
  length: "length(v)",
  digits: "length(d)",
  words: "(length(v) - length(replace(v, ' ', '')) + 1)",
};

/** What a source says of each value. */
async function verdicts({ gate, sql }: Signal, values: readonly string[]): Promise<boolean[]> {
  const sink = new SqlSink();
  const rows = `SELECT v COLLATE "C" AS v, regexp_replace(v, '\\D', '', 'g') AS d, o FROM unnest(${sink.bind(values, "text[]")}) WITH ORDINALITY AS u(v, o) OFFSET 0`;
  const verdict = `${gate === undefined ? "" : `${gate(cells)} AND `}(${sql(cells)})`;
  const found = await runSelect(
    pool,
    sink.statement(`SELECT (${verdict})::text FROM (${rows}) AS s ORDER BY o`),
    {
      timeoutMs: 20_000,
    },
  );
  return found.map(([cell]) => cell === "true");
}

function signal(id: string): Signal {
  const found = [...identitySignals, ...moneySignals].find((one) => one.id === id);
  if (found === undefined) throw new Error(`No signal ${id}.`);
  return found;
}

const digits = (length: number) => () => faker.string.numeric({ length, allowLeadingZeros: true });
/** A day of the last century, in the order of its letters. */
function born(order: "ymd" | "dmy"): string {
  const [y = "", m = "", d = ""] = faker.date
    .birthdate({ min: 30, max: 80, mode: "age" })
    .toISOString()
    .slice(2, 10)
    .split("-");
  return order === "ymd" ? `${y}${m}${d}` : `${d}${m}${y}`;
}
const valid = (country: keyof typeof stdnum, number: string) => (value: string) =>
  stdnum[country]?.[number]?.validate(value).isValid === true;

describe("a number is valid in SQL when it is by its country's rules", () => {
  test.each<[id: string, isValid: (value: string) => boolean, make: () => string]>([
    ["de_idnr", valid("DE", "idnr"), () => identityNumbers.steuerid(faker).slice(0, 10) + digits(1)()],
    ["pt_nif", valid("PT", "nif"), digits(9)],
    ["nl_bsn", valid("NL", "bsn"), digits(9)],
    ["br_cpf", valid("BR", "cpf"), digits(11)],
    ["in_aadhaar", valid("IN", "aadhaar"), digits(12)],
    ["ca_sin", valid("CA", "sin"), digits(9)],
    ["au_tfn", valid("AU", "tfn"), digits(9)],
    ["tr_tckn", valid("TR", "tckimlik"), digits(11)],
    ["no_fnr", valid("NO", "fodselsnummer"), () => born("dmy") + digits(5)()],
    ["pl_pesel", valid("PL", "pesel"), () => born("ymd") + digits(5)()],
    ["za_id", valid("ZA", "idnr"), () => born("ymd") + digits(7)()],
    ["ro_cnp", valid("RO", "cnp"), () => `1${born("ymd")}${digits(6)()}`],
    [
      "es_dni",
      valid("ES", "dni"),
      () => `${digits(8)()}${faker.helpers.arrayElement(["A", "T", "R", "W", "K"])}`,
    ],
    [
      "cl_rut",
      valid("CL", "rut"),
      () => `${digits(8)()}-${faker.helpers.arrayElement(["0", "5", "K", "9"])}`,
    ],
  ])("%s", async (id, isValid, make) => {
    const made = Array.from({ length: 3_000 }, make);
    // Repeated digits and leading zeros are refused by some and let through by others: no person has them.
    const values = made.filter((value) => !/^0|(\d)\1{5}/u.test(value));
    const said = await verdicts(signal(id), values);
    const ours = values.filter((_, at) => said[at]);
    const theirs = values.filter(isValid);
    // What is theirs and not ours would be missed; what is ours and not theirs must stay near chance.
    expect(theirs.filter((value) => !ours.includes(value))).toEqual([]);
    expect(ours.length - theirs.length).toBeLessThan(values.length * 0.05);
  });
});

test.each(
  Object.entries({
    us_ssn: "ssn",
    gb_nino: "nino",
    gb_nhs: "nhs",
    de_idnr: "steuerid",
    es_dni: "dni",
    fr_nir: "nir",
    it_cf: "codice",
    nl_bsn: "bsn",
    pl_pesel: "pesel",
    br_cpf: "cpf",
  } as const),
)("every valid %s passes", async (id, maker) => {
  const values = Array.from({ length: 200 }, () => identityNumbers[maker](faker));
  expect((await verdicts(signal(id), values)).filter((said) => said).length).toBe(200);
});

test("random digits pass a check no more often than its base rate says", async () => {
  for (const one of identitySignals) {
    const values = [9, 10, 11, 12, 13, 15].flatMap((length) => Array.from({ length: 500 }, digits(length)));
    const said = await verdicts(one, values);
    // Of 500 values of the length that the check is for.
    expect(said.filter((yes) => yes).length / 500, one.id).toBeLessThan(
      (identityBase.get(one.id) ?? 0) * 1.6 + 0.01,
    );
  }
});

test("an IBAN is one by its country's length and its check digits", async () => {
  const values = Array.from({ length: 300 }, () => faker.finance.iban());
  const broken = values
    .map((value) => `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}`)
    .filter((value) => !value.includes("N"));
  const said = await verdicts(signal("iban"), values);
  expect(values.filter((value, at) => isValidIBAN(value) && said[at] !== true)).toEqual([]);
  expect((await verdicts(signal("iban"), broken)).some((said) => said)).toBe(false);
});

test("a name is plain in the source as it is here", async () => {
  const names = [
    "Łukasz",
    "MÜLLER-Weiß",
    "Ægir Ødegård",
    "Ñandú",
    "ΓΙΩΡΓΟΣ",
    "Иван",
    "İpek",
    "O’Neill",
    "東京",
    "",
  ];
  const sink = new SqlSink();
  const sql = plainSql("v", sink.bind(translation.from, "text"), sink.bind(translation.to, "text"));
  const list = sink.bind(names, "text[]");
  const statement = `SELECT ${sql} FROM (SELECT v COLLATE "C" AS v, o FROM unnest(${list}) WITH ORDINALITY AS u(v, o) OFFSET 0) AS s ORDER BY o`;
  const found = await runSelect(pool, sink.statement(statement), { timeoutMs: 5_000 });
  expect(found.map(([cell]) => cell)).toEqual(names.map(plain));
});
