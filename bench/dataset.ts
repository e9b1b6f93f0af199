import type { ColumnChoice } from "@/lib/catalog/confirm-columns";
import type { Admin } from "@/scripts/databases";

export const rowCount = 1_000_000;

/** The columns of the measured table: ten that are masked in one catalogue and clear in the other, ten always clear. */
export const maskedColumns = {
  email: { classId: "email", mask: { method: "partial", shape: "email" } },
  phone: { classId: "phone", mask: { method: "partial", shape: "phone" } },
  given_name: { classId: "given_name", mask: { method: "pseudonym" } },
  family_name: { classId: "family_name", mask: { method: "pseudonym" } },
  street: { classId: "postal_address", mask: { method: "redact" } },
  card_number: { classId: "pan", mask: { method: "partial", shape: "last", keep: 4 } },
  iban: { classId: "iban", mask: { method: "partial", shape: "last", keep: 4 } },
  birth_date: { classId: "birth_date", mask: { method: "generalise", to: "year" } },
  income: { classId: "income", mask: { method: "generalise", to: "bucket", size: 10_000 } },
  account_ref: { classId: "person_number", mask: { method: "pseudonym" } },
} as const;

export const clearColumns = [
  "id",
  "country",
  "city",
  "status",
  "created_at",
  "visits",
  "balance",
  "newsletter",
  "segment",
  "updated_on",
] as const;

/** Fills a table of twenty columns with so many rows, the same at every run. */
export async function fillRecords(
  owner: Admin,
  { table, rows }: { table: string; rows: number },
): Promise<void> {
  await owner.unsafe(`
    CREATE TABLE ${table} (
      id bigint, country text, city text, status text, created_at timestamptz, visits integer,
      balance numeric(12, 2), newsletter boolean, segment text, updated_on date,
      email text, phone text, given_name text, family_name text, street text, card_number text, iban text,
      birth_date date, income numeric(12, 2), account_ref text
    )`);
  await owner.unsafe(`
    INSERT INTO ${table}
    SELECT n, (ARRAY['DE','FR','ES','PL','IT','NL'])[1 + h % 6],
      (ARRAY['Berlin','Lyon','Sevilla','Gdańsk','Torino','Utrecht'])[1 + h % 6],
      (ARRAY['active','paused','closed'])[1 + h % 3],
      timestamptz '2020-01-01' + n * interval '2 minutes', h % 900, (h % 9000000) / 100.0, h % 2 = 0,
      'segment ' || h % 40, date '2020-01-01' + (h % 2000),
      'person.' || md5(n::text) || '@example.org', '+49 30 ' || lpad((h % 10000000)::text, 7, '0'),
      initcap(substr(md5('g' || n % 5000), 1, 7)), initcap(substr(md5('f' || n % 20000), 1, 9)),
      substr(md5('s' || n), 1, 12) || ' street ' || h % 200, '4' || lpad((h::bigint * 7919 % 1000000000000000)::text, 15, '0'),
      'DE' || lpad((h::bigint * 104729 % 10000000000)::text, 20, '0'), date '1940-01-01' + (h % 25000),
      20000 + h % 90000, 'ACC-' || md5('a' || n)
    FROM (SELECT n, abs(hashint4(n)) AS h FROM generate_series(1, ${rows}) AS n) AS numbers`);
  await finish(owner, table);
}

/** Fills a table whose columns are those of `of`, as often as it takes to be so many; the first is its key. */
export async function fillWide(
  owner: Admin,
  { table, of, columns }: { table: string; of: string; columns: number },
): Promise<void> {
  const names = [...clearColumns, ...Object.keys(maskedColumns)];
  const wide = Array.from({ length: columns }, (_, at) => {
    const name = names[at % names.length]!;
    return at < names.length ? name : `${name} AS ${name}_${Math.floor(at / names.length)}`;
  });
  await owner.unsafe(`CREATE TABLE ${table} AS SELECT ${wide.join(", ")} FROM ${of}`);
  await finish(owner, table);
}

async function finish(owner: Admin, table: string): Promise<void> {
  await owner.unsafe(`ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
  await owner.unsafe(`VACUUM ANALYZE ${table}`);
  await owner.unsafe(`GRANT SELECT ON ${table} TO marigold_reader`);
}

/** What is confirmed of a column of these tables: clear or masked by its name, the same in a wide one. */
export function choiceOf(column: string, isMasked: boolean): Pick<ColumnChoice, "classId" | "mask"> {
  const name = column.replace(/_\d+$/u, "");
  const masked = isMasked ? maskedColumns[name as keyof typeof maskedColumns] : undefined;
  return masked ?? { classId: "none", mask: { method: "clear" } };
}
