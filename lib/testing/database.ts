import "server-only";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { migrate } from "@/lib/db/migrate";
import {
  asAdmin,
  closePublic,
  createDatabase,
  derivedPasswords,
  dropDatabase,
  hasDatabase,
  prepareRoles,
  urlOf,
  type Admin,
} from "@/scripts/databases";
import { seedDemoSource } from "@/scripts/seed-demo-source";
import { readPsqlScript } from "./psql-script";
import { sharedData } from "./shared-data";

export type TestDatabase = {
  name: string;
  /** Owns the database: migrations, and set-up that the application may not do. */
  ownerUrl: string;
  /** The application's own login (of a sample source: a login that may only read). */
  url: string;
  superuserUrl: string;
  drop: () => Promise<void>;
};

export type SampleName = "pagila" | "chinook" | "northwind";

/** A migrated control database of the caller's own, gone after `drop()`. */
export async function testDatabase(): Promise<TestDatabase> {
  const made = [...sqlFiles("drizzle"), "lib/db/install-jobs.ts", "lib/jobs/queues.ts"];
  return cloneOf(`glimpse_template_${hashOf(made)}`, "glimpse", migrate);
}

/** A sample database of shared/data, loaded whole, as a source: `url` may only read. */
export async function loadSql(name: SampleName): Promise<TestDatabase> {
  const file = path.join(sharedData(), "databases", `${name}.sql`);
  return cloneOf(`glimpse_${name}_${hashOf([file])}`, "marigold", (url) => loadScript(url, file));
}

/** The demo source, seeded, as a source: `url` may only read. The first caller waits for the seeding. */
export async function demoSource(): Promise<TestDatabase> {
  return cloneOf(`glimpse_demo_${hashOf(sqlFiles("drizzle/demo"))}`, "marigold", seedDemoSource);
}

/** An empty database, as a source for a test to fill through `ownerUrl`: `url` may only read. */
export async function emptySource(): Promise<TestDatabase> {
  return cloneOf("glimpse_empty", "marigold", (url) => letReaderRead(url));
}

async function cloneOf(
  template: string,
  family: "glimpse" | "marigold",
  fill: (ownerUrl: string) => Promise<void>,
): Promise<TestDatabase> {
  const superuserUrl = process.env.GLIMPSE_TEST_DATABASE_URL;
  if (!superuserUrl)
    throw new Error("GLIMPSE_TEST_DATABASE_URL is not set: run `npm run dev:db` beside the tests.");
  const passwords = derivedPasswords(superuserUrl);
  const [owner, guest] =
    family === "glimpse"
      ? (["glimpse_owner", "glimpse_web"] as const)
      : (["marigold_owner", "marigold_reader"] as const);
  const url = (user: typeof owner | typeof guest, database: string) =>
    urlOf(superuserUrl, { user, password: passwords[user], database });
  const name = `test_${randomBytes(8).toString("hex")}`;
  const guests = family === "glimpse" ? ["glimpse_app"] : ["marigold_reader"];
  await asAdmin(superuserUrl, async (admin) => {
    // Test files run side by side; the first one makes a template, others that need the same one wait.
    await admin`select pg_advisory_lock(hashtext(${template}))`;
    if (!(await hasDatabase(admin, template))) {
      await admin`select pg_advisory_lock(hashtext('glimpse test roles'))`;
      await prepareRoles(admin, passwords);
      await admin`select pg_advisory_unlock(hashtext('glimpse test roles'))`;
      await makeTemplate({ admin, superuserUrl }, template, owner, (database) => fill(url(owner, database)));
    }
    await createDatabase(admin, { name, owner, guests, template });
  });
  return {
    name,
    ownerUrl: url(owner, name),
    url: url(guest, name),
    superuserUrl: urlOf(superuserUrl, { database: name }),
    drop: () => asAdmin(superuserUrl, (admin) => dropDatabase(admin, name)),
  };
}

/** Filled under another name, so that a template that exists is a template that is complete. */
async function makeTemplate(
  { admin, superuserUrl }: { admin: Admin; superuserUrl: string },
  template: string,
  owner: string,
  fill: (database: string) => Promise<void>,
): Promise<void> {
  const draft = `${template}_draft`;
  await dropDatabase(admin, draft);
  await createDatabase(admin, { name: draft, owner });
  await asAdmin(urlOf(superuserUrl, { database: draft }), (own) => closePublic(own, owner));
  await fill(draft);
  await admin.unsafe(`alter database ${draft} rename to ${template}`);
}

async function loadScript(ownerUrl: string, file: string): Promise<void> {
  await letReaderRead(ownerUrl);
  await asAdmin(ownerUrl, async (sql) => {
    for (const part of readPsqlScript(fs.readFileSync(file, "utf8"))) {
      if (part.kind === "sql") {
        await sql.unsafe(part.text).simple();
        continue;
      }
      const rows = await sql.unsafe(part.command).writable();
      await new Promise<void>((resolve, reject) => {
        rows.once("error", reject).once("finish", resolve);
        rows.end(part.rows.map((row) => `${row}\n`).join(""));
      });
    }
    await sql`analyze`;
  });
}

async function letReaderRead(ownerUrl: string): Promise<void> {
  await asAdmin(ownerUrl, async (sql) => {
    await sql`grant usage on schema public to marigold_reader`;
    await sql`alter default privileges grant select on tables to marigold_reader`;
    await sql`alter default privileges grant usage on schemas to marigold_reader`;
  });
}

/** The SQL files right in a folder, in their order. */
function sqlFiles(name: string): string[] {
  const folder = path.resolve(name);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => path.join(folder, file));
}

function hashOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(fs.readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
