import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { History } from "./history";
import type { WorkerTask } from "./worker";
import { GrowingTree } from "@/lib/audit/merkle";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { migrate } from "@/lib/db/migrate";
import type { Role } from "@/lib/db/schema/people";
import { derivedPasswords } from "@/scripts/databases";
import { fillSource, prepareDatabases, type DatabaseUrls } from "@/scripts/demo-databases";
import { newSecrets } from "@/scripts/secrets";
import { seedDemo } from "@/scripts/seed-demo";
import { seedDemoSource } from "@/scripts/seed-demo-source";

export type Stage = { urls: DatabaseUrls; env: Record<string, string>; task: Omit<WorkerTask, "name"> };

/** The demo's people and records on a server, and what an application needs to work there. */
export async function setStage(superuserUrl: string): Promise<Stage> {
  const secrets = newSecrets();
  const urls = await prepareDatabases(superuserUrl, derivedPasswords(superuserUrl));
  await migrate(urls.ownerUrl);
  await fillSource(urls, seedDemoSource);
  const { ownerUrl, controlUrl: webUrl, readerUrl: sourceReaderUrl } = urls;
  const { key, demoPassword: password } = secrets;
  await seedDemo({ ownerUrl, webUrl, sourceReaderUrl, key, password });
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const source = postgres(urls.sourceOwnerUrl, { max: 1, onnotice: () => {} });
  try {
    const { tableId, columnId } = only(
      await owner<{ tableId: string; columnId: string }[]>`
      SELECT t.id AS "tableId", c.id AS "columnId" FROM catalog_tables t JOIN catalog_columns c ON c.table_id = t.id
      WHERE t.schema = 'public' AND t.name = 'customers' AND c.name = 'email'`,
    );
    const { email } = only(await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 7`);
    const draft: WorkerTask["draft"] = {
      tableId,
      records: [encodeHandle({ kind: "values", values: ["7"] })],
      fields: [{ columnId, level: "full" }],
      purpose: "customer-contact",
      reason: "Her parcel came back and she has to be told.",
      ticket: "T-1042",
      viewSeconds: 1_800,
    };
    const [ana, max] = [await personOf(owner, "ana"), await personOf(owner, "max")];
    const env = {
      DATABASE_URL: webUrl,
      GLIMPSE_KEY: key,
      GLIMPSE_LOG_KEY: secrets.logKey,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      NEXTAUTH_URL: "http://127.0.0.1:3000",
    };
    return { urls, env, task: { ana, max, draft, raw: email } };
  } finally {
    await Promise.all([owner.end(), source.end()]);
  }
}

async function personOf(owner: postgres.Sql, name: string): Promise<WorkerTask["ana"]> {
  const person = only(
    await owner<{ id: string; name: string; roles: Role[] }[]>`
      SELECT id, name, ARRAY(SELECT role FROM person_roles WHERE person_id = people.id) AS roles
      FROM people WHERE email LIKE ${`${name}@%`}`,
  );
  const session = only(
    await owner<{ id: string }[]>`
      INSERT INTO sessions (person_id, expires_at)
      VALUES (${person.id}, clock_timestamp() + interval '1 day') RETURNING id`,
  );
  return { ...person, sessionId: session.id };
}

function only<Row>(rows: readonly Row[]): Row {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`There are ${rows.length} rows in place of one.`);
  return row;
}

/** The head as it is after a start of the server: all of it is on the disk. */
export async function readSeen(ownerUrl: string): Promise<History["head"]> {
  return asOwner(ownerUrl, headOf);
}

/** The whole log. */
export async function readLog(ownerUrl: string): Promise<Pick<History, "rows" | "head">> {
  return asOwner(ownerUrl, async (owner) => ({
    rows: (
      await owner<{ seq: string; entry: string; leafHash: string }[]>`
        SELECT seq, entry, encode(leaf_hash, 'hex') AS "leafHash" FROM audit_events ORDER BY seq`
    ).map((row) => ({ ...row, seq: Number(row.seq) })),
    head: await headOf(owner),
  }));
}

async function headOf(owner: postgres.Sql): Promise<History["head"]> {
  const head = only(
    await owner<{ size: string; roots: Buffer[] }[]>`
      SELECT size, frontier AS roots, pg_logical_emit_message(true, 'glimpse', '') FROM audit_head`,
  );
  const size = Number(head.size);
  return { size, root: new GrowingTree({ size, roots: head.roots }).root().toString("hex") };
}

async function asOwner<T>(url: string, work: (owner: postgres.Sql) => Promise<T>): Promise<T> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(owner);
  } finally {
    await owner.end({ timeout: 5 });
  }
}
