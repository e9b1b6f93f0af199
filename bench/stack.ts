import { eq } from "drizzle-orm";
import { choiceOf, fillRecords, rowCount } from "./dataset";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { closeControlDatabase, readDatabase } from "@/lib/db/control-database";
import { people, personRoles, sessions } from "@/lib/db/schema/people";
import { parseSourceUrl } from "@/lib/source/connection";
import { closeAllPools } from "@/lib/source/pool";
import { asAdmin, createDatabase, derivedPasswords, urlOf } from "@/scripts/databases";
import type { Lifetime } from "@/scripts/lifetime";
import { freePort } from "@/scripts/port";
import { newSecrets } from "@/scripts/secrets";
import type { DemoAccount } from "@/scripts/seed-demo";
import { startStack } from "@/scripts/stack";
import type { Steps } from "@/scripts/steps";
import { throwawayCluster } from "@/scripts/throwaway";

/** The measured product: one table in two catalogues, ten columns masked in one and clear in the other. */
export type BenchStack = {
  baseUrl: string;
  /** The process that serves it. */
  serverPid: number;
  superuserUrl: string;
  ownerUrl: string;
  /** Owns the measured source. */
  sourceOwnerUrl: string;
  /** Reads the measured source as Glimpse does. */
  readerUrl: string;
  masked: CatalogTable;
  clear: CatalogTable;
  /** Signs in over HTTP; the cookie of the session, and its context for deeds that are timed without a page. */
  signIn: (name: string) => Promise<{ cookie: string; ctx: Context }>;
};

/** Brings the product up on a server that syncs to disk as in production, with the measured source beside the demo's. */
export async function startBenchStack(wanted: { lifetime: Lifetime; steps: Steps }): Promise<BenchStack> {
  const { lifetime, steps } = wanted;
  const cluster = await steps.run("database start", () => throwawayCluster({ durable: true }));
  lifetime.add(cluster.stop);
  const { superuserUrl } = cluster;
  const rolePasswords = derivedPasswords(superuserUrl);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const stack = await startStack({
    name: `bench-${process.pid}`,
    server: () => Promise.resolve(superuserUrl),
    secrets: { ...newSecrets(), rolePasswords },
    port,
    publicUrl,
    lifetime,
    steps,
  });
  Object.assign(process.env, stack.env);
  lifetime.add(async () => {
    await closeAllPools();
    await closeControlDatabase();
  });
  const url = (user: "marigold_owner" | "marigold_reader") =>
    urlOf(superuserUrl, { user, password: rolePasswords[user], database: "bench" });
  await steps.run("a million rows", async () => {
    const guests = ["marigold_reader"];
    await asAdmin(superuserUrl, (admin) =>
      createDatabase(admin, { name: "bench", owner: "marigold_owner", guests }),
    );
    const table = { table: "records", rows: rowCount };
    await asAdmin(url("marigold_owner"), (owner) => fillRecords(owner, table));
  });
  const sourceOwnerUrl = url("marigold_owner");
  const readerUrl = url("marigold_reader");
  const [masked, clear] = await steps.run("catalogues", async () => [
    await catalogue("Bench masked", readerUrl, true),
    await catalogue("Bench clear", readerUrl, false),
  ]);
  const signIn = (name: string) => signInAs(publicUrl, accountOf(stack.accounts, name));
  const { ownerUrl } = stack;
  return {
    ...{
      baseUrl: publicUrl,
      serverPid: stack.app.pid,
      superuserUrl,
      ownerUrl,
      sourceOwnerUrl,
      readerUrl,
      signIn,
    },
    ...{ masked: masked!, clear: clear! },
  };
}

async function catalogue(name: string, readerUrl: string, isMasked: boolean): Promise<CatalogTable> {
  const slug = await addMeasured(name, readerUrl);
  return confirmAll(slug, "records", isMasked);
}

/** Connects what the reader can see as a source; the last part of its addresses. */
export async function addMeasured(name: string, readerUrl: string): Promise<string> {
  const parsed = parseSourceUrl(`${readerUrl}?sslmode=disable`);
  if (!parsed.ok) throw new Error("The bench cannot read its own URL.");
  return (await addWholeSource(systemContext("command-line"), { name, slug: "", connection: parsed.parts }))
    .slug;
}

/** Confirms all columns of a measured table, and gives it as it is then. */
export async function confirmAll(source: string, name: string, isMasked: boolean): Promise<CatalogTable> {
  const table = await findMeasured(source, name);
  const choices = table.columns.map((column) => ({
    id: column.id,
    version: column.version,
    ...choiceOf(column.name, isMasked),
  }));
  const wanted = { sourceId: table.source.id, choices, onBehalfOf: "sam@marigold.example" };
  await confirmColumns(systemContext("command-line"), wanted);
  return findMeasured(source, name);
}

async function findMeasured(source: string, name: string): Promise<CatalogTable> {
  const table = await findTable(readDatabase(), { source, schema: "public", table: name });
  if (!table) throw new Error("The measured table is not in the catalogue.");
  return table;
}

function accountOf(accounts: readonly DemoAccount[], name: string): DemoAccount {
  const account = accounts.find((one) => one.email.startsWith(`${name.toLowerCase()}@`));
  if (!account) throw new Error(`There is no ${name} in the demo.`);
  return account;
}

async function signInAs(baseUrl: string, account: DemoAccount): Promise<{ cookie: string; ctx: Context }> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]!.split(/=(.*)/su);
      jar.set(name, value);
    }
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const csrf = await fetch(`${baseUrl}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({
    csrfToken,
    email: account.email,
    password: account.password,
    json: "true",
  });
  const headers = { cookie: cookie() };
  const signedIn = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
    method: "POST",
    body,
    headers,
    redirect: "manual",
  });
  keep(signedIn);
  return { cookie: cookie(), ctx: await contextOf(account.email) };
}

async function contextOf(email: string): Promise<Context> {
  const db = readDatabase();
  const rows = await db
    .select({ id: people.id, name: people.name, role: personRoles.role, sessionId: sessions.id })
    .from(people)
    .innerJoin(personRoles, eq(personRoles.personId, people.id))
    .innerJoin(sessions, eq(sessions.personId, people.id))
    .where(eq(people.email, email));
  const [first] = rows;
  if (!first) throw new Error("Signing in left no session.");
  const actor = Actor.signedIn({
    id: first.id,
    name: first.name,
    roles: [...new Set(rows.map((row) => row.role))],
  });
  return { actor, sessionId: first.sessionId, channel: "console", ip: null, db };
}
