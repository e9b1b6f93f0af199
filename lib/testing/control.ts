import "server-only";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { closeControlDatabase, readDatabase } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { testDatabase, type TestDatabase } from "./database";

/** A control database of this test file's own; `owner` is its owner's connection, for set-up and for looking. */
export type Control = { database: TestDatabase; owner: postgres.Sql };

/**
 * Gives a test file a fresh control database with the application's settings pointing at it; `through` may put
 * something in between, and says under which URL.
 */
export function useControlDatabase(
  through: (url: string) => Promise<string> = (url) => Promise.resolve(url),
): Control {
  const control = {} as Control;
  beforeAll(async () => {
    control.database = await testDatabase();
    control.owner = postgres(control.database.ownerUrl, { max: 4, onnotice: () => {} });
    process.env["DATABASE_URL"] = await through(control.database.url);
    process.env["GLIMPSE_KEY"] ??= randomBytes(32).toString("base64");
    process.env["NEXTAUTH_SECRET"] ??= randomBytes(32).toString("base64");
    process.env["NEXTAUTH_URL"] ??= "http://127.0.0.1:3000";
  });
  afterAll(async () => {
    await closeControlDatabase();
    await control.owner?.end({ timeout: 5 });
    await control.database?.drop();
  });
  return control;
}

/** An active person with a live session, as sign-in would leave them. */
export async function signedIn(
  control: Control,
  person: { name: string; roles: readonly Role[]; managerId?: string },
): Promise<Context> {
  const { owner } = control;
  const email = `${person.name.toLowerCase()}-${randomBytes(4).toString("hex")}@example.test`;
  const [row] = await owner<{ id: string }[]>`
    INSERT INTO people (email, name, state, manager_id)
    VALUES (${email}, ${person.name}, 'active', ${person.managerId ?? null}) RETURNING id`;
  const id = row!.id;
  for (const role of person.roles)
    await owner`INSERT INTO person_roles (person_id, role) VALUES (${id}, ${role})`;
  const [session] = await owner<{ id: string }[]>`
    INSERT INTO sessions (person_id, expires_at) VALUES (${id}, clock_timestamp() + interval '1 hour') RETURNING id`;
  const actor = Actor.signedIn({ id, name: person.name, roles: person.roles });
  return { actor, sessionId: session!.id, channel: "console", ip: null, db: readDatabase() };
}

/** Puts somebody into a group, which is made where it is not there yet. */
export async function inGroup({ owner }: Control, slug: string, who: Context): Promise<void> {
  await owner`INSERT INTO groups (slug, name) VALUES (${slug}, ${slug}) ON CONFLICT (slug) DO NOTHING`;
  await owner`INSERT INTO group_members (group_id, person_id)
    SELECT id, ${who.actor.personId} FROM groups WHERE slug = ${slug}`;
}

/** Until a statement of the application waits for a lock of this control database. */
export async function untilSomebodyWaits(control: Control): Promise<void> {
  // Only a superuser sees what the sessions of another role wait for.
  const watcher = postgres(control.database.superuserUrl, { max: 1 });
  const waiting = async () => {
    const rows = await watcher`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return rows.length > 0;
  };
  while (!(await waiting())) await new Promise((resolve) => setTimeout(resolve, 10));
  await watcher.end();
}
