import "server-only";
import postgres from "postgres";
import { fakerOf, type Locale, makerOfClass, makers } from "./values";

/**
 * A schema with what every column holds, one table a line: `table rows | column:type=class~values …`. The type is text
 * where none is written; `~ref:table` is a foreign key to the first column of a table above.
 */
export type HeldOutSchema = { name: string; locale: Locale; tables: string };

export type HeldOutColumn = { name: string; type: string; classId: string; values: string };
export type HeldOutTable = { name: string; rows: number; columns: HeldOutColumn[] };

/** The tables of a held-out schema, read from its lines. */
export function tablesOf(schema: HeldOutSchema): HeldOutTable[] {
  return schema.tables
    .trim()
    .split("\n")
    .map((line) => {
      const [head = "", list = ""] = line.split(" | ");
      const [name = "", rows = "0"] = head.trim().split(" ");
      return { name, rows: Number(rows), columns: list.trim().split(/\s+/u).map(columnOf) };
    });
}

function columnOf(entry: string): HeldOutColumn {
  const [, name = "", type = "text", classId = "", values] =
    /^([^:=]+)(?::([^=]+))?=([^~]+)(?:~(.+))?$/u.exec(entry) ?? [];
  if (name === "") throw new Error(`Not a column: ${entry}`);
  return { name, type, classId, values: values ?? defaultValues(type, classId) };
}

const valuesOfType: Readonly<Record<string, string>> = {
  text: "words",
  int: "int:1..1000",
  numeric: "dec:0..1000",
  date: "date",
  timestamptz: "ts",
  bool: "bool",
  uuid: "uuid",
};

function defaultValues(type: string, classId: string): string {
  if (classId === "national_id") return "ssn";
  const forClass =
    type === "text" || type === "numeric" || type === "int" ? makerOfClass[classId] : undefined;
  return forClass ?? (type === "date" ? makerOfClass[classId] : undefined) ?? valuesOfType[type] ?? "words";
}

/** Makes the tables of a held-out schema in an empty database and fills them, the same way each time. */
export async function fillHeldOut(ownerUrl: string, schema: HeldOutSchema): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const tables = tablesOf(schema);
    for (const [at, table] of tables.entries()) {
      await sql.unsafe(definitionOf(table, tables.slice(0, at))).simple();
      const rows = rowsOf(table, tables, schema.locale, at + 1);
      await sql`INSERT INTO ${sql(table.name)} SELECT * FROM jsonb_populate_recordset(null::${sql.unsafe(quoted(table.name))}, ${JSON.stringify(rows)}::text::jsonb)`;
    }
    await sql`ANALYZE`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function definitionOf(table: HeldOutTable, before: readonly HeldOutTable[]): string {
  const columns = table.columns.map(({ name, type, values }, at) => {
    const [maker, target = ""] = values.split(":");
    const referred = before.find((other) => other.name === target)?.columns[0]?.name;
    const reference =
      maker === "ref" && referred !== undefined ? ` REFERENCES ${quoted(target)} (${quoted(referred)})` : "";
    return `${quoted(name)} ${type}${at === 0 && maker === "seq" ? " PRIMARY KEY" : reference}`;
  });
  return `CREATE TABLE ${quoted(table.name)} (${columns.join(", ")})`;
}

const quoted = (name: string) => `"${name}"`;

function rowsOf(table: HeldOutTable, tables: readonly HeldOutTable[], locale: Locale, seed: number) {
  const faker = fakerOf(locale, seed);
  return Array.from({ length: table.rows }, (_, at) =>
    Object.fromEntries(
      table.columns.map(({ name, type, values }) => {
        const [maker = "", ...rest] = values.split(":");
        const argument = rest.join(":");
        if (maker === "ref") {
          const rows = tables.find((other) => other.name === argument)?.rows ?? 1;
          return [name, faker.number.int({ min: 1, max: rows })];
        }
        const make = makers[maker];
        if (make === undefined) throw new Error(`No values are called ${maker}.`);
        const value = make(faker, at + 1, argument);
        return [name, type === "jsonb" && typeof value === "string" ? (JSON.parse(value) as unknown) : value];
      }),
    ),
  );
}
