import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { roles, type Role } from "@/lib/db/schema/people";
import { Client } from "./client";
import { accountOf } from "./stack";

export type Visitor = { who: Role | "nobody"; id: string | null; client: Client };

const silent = () => {};

/** Somebody who has not signed in, and for each role a person who has that one alone, signed in. */
export async function oneOfEach(control: Sql): Promise<Visitor[]> {
  const visitors: Visitor[] = [{ who: "nobody", id: null, client: new Client(silent) }];
  for (const role of roles) visitors.push(await personWith(control, role));
  return visitors;
}

async function personWith(control: Sql, role: Role): Promise<Visitor> {
  // The password of the demo's people, so that its hash need not be made.
  const { password, email: known } = accountOf("Ana");
  const id = randomUUID();
  const email = `only.${role}.${id.slice(0, 8)}@marigold.example`;
  await control`
    INSERT INTO people (id, email, name, state, password_hash)
    SELECT ${id}, ${email}, ${`Zz only ${role}`}, 'active', password_hash FROM people WHERE email = ${known}`;
  await control`INSERT INTO person_roles (person_id, role) VALUES (${id}, ${role})`;
  return { who: role, id, client: await new Client(silent).signIn({ email, password }) };
}

/** Takes them out of the lists that other tests look at; the log keeps speaking of them. */
export async function disableThem(control: Sql, visitors: readonly Visitor[]): Promise<void> {
  const ids = visitors.flatMap(({ id }) => id ?? []);
  await control`UPDATE sessions SET ended_at = clock_timestamp(), ended_why = 'test' WHERE person_id = ANY (${ids}) AND ended_at IS NULL`;
  await control`UPDATE people SET state = 'disabled', disabled_at = clock_timestamp() WHERE id = ANY (${ids})`;
}
