import { createHmac } from "node:crypto";
import postgres from "postgres";
import type { RolePasswords } from "./secrets";

export type Admin = postgres.Sql;

/** Does the work on one connection, as whoever the URL names. */
export async function asAdmin<T>(url: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "glimpse set-up" },
  });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The same server, another account or database. */
export function urlOf(
  base: string,
  parts: { user?: keyof RolePasswords; password?: string; database: string },
): string {
  const url = new URL(base);
  if (parts.user) url.username = parts.user;
  if (parts.password) url.password = parts.password;
  url.pathname = `/${parts.database}`;
  return url.href;
}

/** The passwords of a server that is thrown away: the same for all who know its URL. */
export function derivedPasswords(superuserUrl: string): RolePasswords {
  const password = (role: string) => createHmac("sha256", superuserUrl).update(role).digest("base64url");
  return {
    glimpse_owner: password("glimpse_owner"),
    glimpse_web: password("glimpse_web"),
    marigold_owner: password("marigold_owner"),
    marigold_reader: password("marigold_reader"),
  };
}

/** Login roles with these passwords, and nothing more than a login: rights come from the databases. */
export async function prepareRoles(admin: Admin, passwords: RolePasswords): Promise<void> {
  for (const [role, password] of Object.entries(passwords)) {
    await ensureRole(admin, role);
    await admin.unsafe(`alter role ${role} login password '${password}'`);
  }
  // The rights of the application; the migrations grant to it, the login takes them from it.
  await ensureRole(admin, "glimpse_app");
  await admin.unsafe("grant glimpse_app to glimpse_web, glimpse_owner");
  await admin.unsafe("alter role marigold_reader set default_transaction_read_only = on");
}

async function ensureRole(admin: Admin, role: string): Promise<void> {
  const [found] = await admin`select from pg_roles where rolname = ${role}`;
  if (!found) await admin.unsafe(`create role ${role}`);
  // Without being a superuser, only a member of a role may make a database for it.
  const [me] = await admin`select rolsuper from pg_roles where rolname = current_user`;
  if (!me?.["rolsuper"]) await admin.unsafe(`grant ${role} to current_user`);
}

export async function hasDatabase(admin: Admin, name: string): Promise<boolean> {
  const [found] = await admin`select from pg_database where datname = ${name}`;
  return found !== undefined;
}

/** A database that only its owner and the given roles can enter. */
export async function createDatabase(
  admin: Admin,
  wanted: { name: string; owner: string; guests?: string[]; template?: string },
): Promise<void> {
  const { name, owner, guests = [], template = "template0" } = wanted;
  await admin.unsafe(`create database ${name} owner ${owner} template ${template} encoding 'UTF8'`);
  await admin.unsafe(`revoke all on database ${name} from public`);
  for (const guest of guests) await admin.unsafe(`grant connect on database ${name} to ${guest}`);
}

/** Does in PostgreSQL 13 and 14 what newer ones do by themselves: `public` is the owner's, and nobody else makes things in it. */
export async function closePublic(admin: Admin, owner: string): Promise<void> {
  const [server] = await admin`select current_setting('server_version_num')::int as version`;
  if (Number(server?.["version"]) >= 150_000) return;
  await admin.unsafe(`alter schema public owner to ${owner}`);
  await admin.unsafe("revoke create on schema public from public");
}

export async function dropDatabase(admin: Admin, name: string): Promise<void> {
  await admin.unsafe(`drop database if exists ${name} with (force)`);
}
