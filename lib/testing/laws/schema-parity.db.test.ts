import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { is } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as anomalies from "@/lib/db/schema/anomalies";
import * as audit from "@/lib/db/schema/audit";
import * as campaigns from "@/lib/db/schema/campaigns";
import * as catalogue from "@/lib/db/schema/catalogue";
import * as classes from "@/lib/db/schema/classes";
import * as comments from "@/lib/db/schema/comments";
import * as delegations from "@/lib/db/schema/delegations";
import * as downloads from "@/lib/db/schema/downloads";
import * as discoveries from "@/lib/db/schema/discoveries";
import * as forwarding from "@/lib/db/schema/forwarding";
import * as erasures from "@/lib/db/schema/erasures";
import * as mail from "@/lib/db/schema/mail";
import * as passkeys from "@/lib/db/schema/passkeys";
import * as people from "@/lib/db/schema/people";
import * as policies from "@/lib/db/schema/policies";
import * as reports from "@/lib/db/schema/reports";
import * as receipts from "@/lib/db/schema/receipts";
import * as requests from "@/lib/db/schema/requests";
import * as retention from "@/lib/db/schema/retention";
import * as reviews from "@/lib/db/schema/reviews";
import * as savedViews from "@/lib/db/schema/saved-views";
import * as stops from "@/lib/db/schema/stops";
import * as subjects from "@/lib/db/schema/subjects";
import * as tries from "@/lib/db/schema/tries";
import { testDatabase, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

const mirrored = [
  anomalies,
  audit,
  campaigns,
  catalogue,
  classes,
  comments,
  delegations,
  discoveries,
  downloads,
  forwarding,
  erasures,
  mail,
  passkeys,
  people,
  policies,
  reports,
  receipts,
  requests,
  retention,
  reviews,
  savedViews,
  stops,
  subjects,
  tries,
]
  .flatMap((file) => Object.values(file) as unknown[])
  .filter((one): one is PgTable => is(one, PgTable));

test("what the code says of every table is what the migrations made: names, types, and what may be empty", async () => {
  const rows = await owner<{ column: string; type: string; nullable: boolean }[]>`
    SELECT c.relname || '.' || a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`;
  const inDatabase = rows.map(
    ({ column, type, nullable }) => `${column} ${type}${nullable ? "" : " not null"}`,
  );
  const inCode = mirrored.flatMap((table) => {
    const { name, columns, primaryKeys } = getTableConfig(table);
    const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
    return columns.map(
      (column) =>
        `${name}.${column.name} ${typeOf(column)}${column.notNull || keys.has(column.name) ? " not null" : ""}`,
    );
  });
  expect(inCode.toSorted()).toEqual(inDatabase.toSorted());
});

function typeOf(column: PgColumn): string {
  return column.getSQLType();
}
