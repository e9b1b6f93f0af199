import {
  asAdmin,
  closePublic,
  createDatabase,
  dropDatabase,
  hasDatabase,
  prepareRoles,
  urlOf,
  type Admin,
} from "./databases";
import type { RolePasswords } from "./secrets";

export type DatabaseUrls = {
  superuserUrl: string;
  /** The control database: for migrations, and for the application. */
  ownerUrl: string;
  controlUrl: string;
  /** The demo source: for its seed, and for Glimpse, which only reads. */
  sourceOwnerUrl: string;
  readerUrl: string;
};

const control = { name: "glimpse", owner: "glimpse_owner", guests: ["glimpse_app"] };
const source = { name: "marigold", owner: "marigold_owner", guests: ["marigold_reader"] };

const unfinished = "Glimpse demo, not complete";
const finished = "Glimpse demo";

/** Roles and both databases, with nothing of somebody else's touched; empty ones are made where none are. */
export async function prepareDatabases(
  superuserUrl: string,
  passwords: RolePasswords,
): Promise<DatabaseUrls> {
  await asAdmin(superuserUrl, async (admin) => {
    await prepareRoles(admin, passwords);
    await ensureDatabase(admin, control, finished);
    await ensureDatabase(admin, source, unfinished);
  });
  await asAdmin(urlOf(superuserUrl, { database: control.name }), (own) => closePublic(own, control.owner));
  const url = (user: keyof RolePasswords, database: string) =>
    urlOf(superuserUrl, { user, password: passwords[user], database });
  return {
    superuserUrl,
    ownerUrl: url("glimpse_owner", "glimpse"),
    controlUrl: url("glimpse_web", "glimpse"),
    sourceOwnerUrl: url("marigold_owner", "marigold"),
    readerUrl: url("marigold_reader", "marigold"),
  };
}

export async function dropDatabases(superuserUrl: string): Promise<void> {
  await asAdmin(superuserUrl, async (admin) => {
    for (const { name } of [control, source]) await dropDatabase(admin, name);
  });
}

/** Fills the demo source once; a seed that was interrupted starts again from an empty database. */
export async function fillSource(
  urls: DatabaseUrls,
  seed: (ownerUrl: string) => Promise<void>,
): Promise<void> {
  await asAdmin(urls.superuserUrl, async (admin) => {
    if ((await commentOf(admin, source.name)) === finished) return;
    await dropDatabase(admin, source.name);
    await ensureDatabase(admin, source, unfinished);
    await seed(urls.sourceOwnerUrl);
    await asAdmin(urls.sourceOwnerUrl, letReaderRead);
    await admin.unsafe(`comment on database ${source.name} is '${finished}'`);
  });
}

async function letReaderRead(owner: Admin): Promise<void> {
  const schemas = await owner<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
  for (const { name } of schemas) {
    await owner`grant usage on schema ${owner(name)} to marigold_reader`;
    await owner`grant select on all tables in schema ${owner(name)} to marigold_reader`;
  }
}

/** DATABASE_URL may name a server that holds a Glimpse in earnest: throws if it does. */
export async function refuseForeign(superuserUrl: string): Promise<void> {
  await asAdmin(superuserUrl, async (admin) => {
    for (const { name } of [control, source]) {
      if (!(await hasDatabase(admin, name))) continue;
      if ((await commentOf(admin, name))?.startsWith(finished)) continue;
      throw new Error(
        `The server of DATABASE_URL has a database "${name}" that the demo did not make. Nothing was changed.`,
      );
    }
  });
}

async function ensureDatabase(
  admin: Admin,
  wanted: { name: string; owner: string; guests: string[] },
  comment: string,
): Promise<void> {
  if (await hasDatabase(admin, wanted.name)) return;
  await createDatabase(admin, wanted);
  await admin.unsafe(`comment on database ${wanted.name} is '${comment}'`);
}

async function commentOf(admin: Admin, name: string): Promise<string | undefined> {
  const [found] = await admin<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_database') as comment from pg_database where datname = ${name}`;
  return found?.comment ?? undefined;
}
