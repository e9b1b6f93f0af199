import "server-only";
import { sql } from "drizzle-orm";
import type { AccessPart } from "@/lib/campaigns/access";
import { partWords } from "@/lib/campaigns/access";
import type { Context } from "@/lib/auth/context";
import { readGivenBy } from "@/lib/reports/access-review/given-by";
import type { Reading } from "@/lib/reports/access-review/reading";
import { BATCH, batches } from "@/lib/reports/batches";
import type { TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

/** How many people are active, and how many of them approve or administer. */
export async function countPeople({
  db,
}: Pick<Context, "db">): Promise<{ active: number; approvers: number; admins: number }> {
  const holding = (role: string) =>
    sql<number>`(count(*) FILTER (WHERE EXISTS (SELECT FROM person_roles r WHERE r.person_id = p.id AND r.role = ${role})))::int`;
  const [row] = await db
    .select({ active: sql<number>`count(*)::int`, approvers: holding("approver"), admins: holding("admin") })
    .from(sql`people p`)
    .where(sql`p.state = 'active'`);
  return row ?? { active: 0, approvers: 0, admins: 0 };
}

/** Everybody who is or was here, by name. */
export function peopleTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "people",
    title: "People",
    columns: [
      { id: "person", title: "Person", kind: "text" },
      { id: "email", title: "E-mail", kind: "text", weight: 1.6 },
      { id: "state", title: "State", kind: "text", weight: 0.7 },
      { id: "roles", title: "Roles", kind: "text", weight: 1.4 },
      { id: "groups", title: "Groups", kind: "text" },
      { id: "owns", title: "Owns", kind: "text", weight: 1.2 },
      { id: "manager", title: "Manager", kind: "text" },
      { id: "substitute", title: "Substitute now", kind: "text" },
      { id: "last_sign_in", title: "Last sign-in", kind: "instant" },
      { id: "disabled_at", title: "Disabled", kind: "instant" },
    ],
    empty: "There is nobody.",
    rows: () => peopleRows(reading),
  };
}

async function* peopleRows({ ctx }: Reading): AsyncGenerator<readonly Row[]> {
  for await (const found of everybody(ctx))
    yield found.map((one): Row => {
      const of = (kinds: readonly AccessPart["kind"][]) =>
        one.access
          .filter(({ kind }) => kinds.includes(kind))
          .map(partWords)
          .join(", ") || null;
      return [
        ...[one.name, one.email, stateWords[one.state], of(["role"]), of(["group"]), of(["table", "class"])],
        ...[one.manager, one.substitute, one.lastSignIn, one.disabledAt],
      ];
    });
}

const stateWords = { invited: "Invited", active: "Active", disabled: "Disabled" } as const;

/** Every right of everybody who is not disabled, since when they hold it and who gave it to them. */
export function rightsTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "rights",
    title: "Rights, since when and from whom",
    columns: [
      { id: "person", title: "Person", kind: "text" },
      { id: "right", title: "Right", kind: "text", weight: 1.6 },
      { id: "since", title: "Since", kind: "instant" },
      { id: "given_by", title: "Given by", kind: "text" },
    ],
    intro: "From whom is what the audit log says; a dash where the right is older than the log.",
    empty: "Nobody holds a right.",
    rows: () => rightsRows(reading),
  };
}

async function* rightsRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const givenBy = await readGivenBy(reading);
  for await (const found of everybody(reading.ctx))
    yield found
      .filter(({ state }) => state !== "disabled")
      .flatMap((person) =>
        person.access.map((part): Row => [person.name, partWords(part), part.since, givenBy(person, part)]),
      );
}

type Person = {
  id: string;
  name: string;
  email: string;
  state: keyof typeof stateWords;
  manager: string | null;
  substitute: string | null;
  lastSignIn: string | null;
  disabledAt: string | null;
  access: AccessPart[];
};

const iso = (moment: string) =>
  sql<string | null>`to_char(${sql.raw(moment)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function everybody({ db }: Context): AsyncGenerator<readonly Person[]> {
  const read = (after: Pick<Person, "name" | "id"> | null) =>
    db
      .select({
        id: sql<string>`p.id`,
        name: sql<string>`p.name`,
        email: sql<string>`p.email`,
        state: sql<Person["state"]>`p.state`,
        manager: sql<string | null>`m.name`,
        substitute: sql<
          string | null
        >`(SELECT string_agg(s.name, ', ' ORDER BY s.name) FROM live_delegations d
          JOIN people s ON s.id = d.substitute_id WHERE d.delegator_id = p.id)`,
        lastSignIn: iso("(SELECT max(created_at) FROM sessions s WHERE s.person_id = p.id)"),
        disabledAt: iso("p.disabled_at"),
        access: sql<AccessPart[]>`access_of(p.id)`,
      })
      .from(sql`people p LEFT JOIN people m ON m.id = p.manager_id`)
      .where(after === null ? sql`true` : sql`(p.name, p.id) > (${after.name}::text, ${after.id}::uuid)`)
      .orderBy(sql`p.name, p.id`)
      .limit(BATCH);
  return batches<Person, Pick<Person, "name" | "id">>(read, ({ name, id }) => ({ name, id }));
}
