import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import postgres from "postgres";

const folder = fileURLToPath(new URL("../drizzle/demo", import.meta.url));

/** What could make two seedings differ, or slow one down. */
const session = {
  application_name: "marigold seed",
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  client_min_messages: "warning",
  synchronous_commit: "off",
  maintenance_work_mem: "128MB",
  work_mem: "64MB",
  jit: "off",
} as const;

/**
 * Fills an empty database, which the URL's role must own, with the company Marigold: always the same rows,
 * on PostgreSQL 13 and newer. Throws if anything fails; the database is then of no use.
 */
export async function seedDemoSource(
  ownerUrl: string,
  report?: (file: string, seconds: number) => void,
): Promise<void> {
  const lanes = [1, 2].map(() => postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: session }));
  try {
    await abreast(lanes.slice(1), [refuseUnfit]);
    for (const stage of await stages()) {
      await abreast(
        lanes,
        stage.map((file) => (sql) => timed(file, () => runFile(sql, file), report)),
      );
    }
    await timed("vacuum analyze", () => vacuum(lanes), report);
  } finally {
    await Promise.all(lanes.map((sql) => sql.end()));
  }
}

/** Each connection takes the next piece of work when it is free; a pool would queue behind a busy one. */
async function abreast(lanes: postgres.Sql[], work: ((sql: postgres.Sql) => Promise<void>)[]): Promise<void> {
  const waiting = [...work];
  await Promise.all(
    lanes.map(async (sql) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await next(sql);
    }),
  );
}

async function refuseUnfit(sql: postgres.Sql): Promise<void> {
  const [found] = await sql<{ encoding: string; tables: number }[]>`
    select getdatabaseencoding() as encoding,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as tables`;
  if (found?.encoding !== "UTF8") throw new Error("The demo source needs a database with the encoding UTF8.");
  if (found.tables > 0)
    throw new Error("The demo source goes into an empty database; this one has tables. Nothing was changed.");
}

/** Files with the same number may run side by side; a number waits for the one before it. */
async function stages(): Promise<string[][]> {
  const stages = new Map<string, string[]>();
  for (const file of (await fs.readdir(folder)).filter((name) => name.endsWith(".sql")).sort()) {
    const number = file.slice(0, 2);
    stages.set(number, [...(stages.get(number) ?? []), file]);
  }
  return [...stages.values()];
}

async function runFile(sql: postgres.Sql, file: string): Promise<void> {
  await sql.unsafe(await fs.readFile(path.join(folder, file), "utf8")).simple();
}

/** Vacuumed, so that the first page of every table is read from clean pages; analysed, so that row estimates are there. */
async function vacuum(lanes: postgres.Sql[]): Promise<void> {
  const find = async (sql: postgres.Sql) => {
    const tables = await sql<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'care', 'hr') and c.relkind in ('r', 'm') order by c.relpages desc, c.oid`;
    statements.push(...tables.map(({ name }) => `vacuum analyze ${name}`), "analyze public.messages");
  };
  const statements: string[] = [];
  await abreast(lanes.slice(1), [find]);
  await abreast(
    lanes,
    statements.map((statement) => async (sql) => void (await sql.unsafe(statement))),
  );
}

async function timed(
  name: string,
  work: () => Promise<void>,
  report?: (file: string, seconds: number) => void,
): Promise<void> {
  const startedAt = performance.now();
  await work();
  report?.(name, (performance.now() - startedAt) / 1000);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.argv[2];
  if (!url) {
    console.error("Say which database: seed-demo-source.ts postgres://owner:password@host/marigold");
    process.exit(1);
  }
  const startedAt = performance.now();
  await seedDemoSource(url, (file, seconds) =>
    console.log(`  ${file.padEnd(24)}${seconds.toFixed(1).padStart(6)} s`),
  );
  console.log(`Marigold is ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}
