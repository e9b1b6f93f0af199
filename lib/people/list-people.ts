import "server-only";
import { and, eq, exists, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { people, personRoles, sessions, type Role } from "@/lib/db/schema/people";
import { rolesInWords } from "@/lib/people/role";
import type { PeopleFilter, PeoplePage, PersonLine, PersonName } from "@/lib/people/view";

const PAGE_SIZE = 50;
const MOST_CHOICES = 500;

/** Where a page begins: after, or before, the person with this id. */
export type PeoplePlace = { after?: string | undefined; before?: string | undefined };

/** The people of this installation by name, narrowed and paged by keyset; for admins. */
export async function listPeople(
  ctx: Context,
  filter: PeopleFilter,
  place: PeoplePlace,
): Promise<PeoplePage> {
  requirePermission(ctx, "people");
  const backwards = place.before !== undefined;
  const order = backwards
    ? sql`lower(${people.name}) DESC, ${people.id} DESC`
    : sql`lower(${people.name}), ${people.id}`;
  const rows = await linesOf(ctx)
    .where(and(...conditions(ctx, filter), placeCondition(place)))
    .orderBy(order)
    .limit(PAGE_SIZE + 1);
  const page = rows.slice(0, PAGE_SIZE);
  if (backwards) page.reverse();
  const more = rows.length > PAGE_SIZE;
  const [hasBefore, hasAfter] = backwards ? [more, true] : [place.after !== undefined, more];
  return {
    lines: page.map(asLine),
    before: hasBefore ? (page[0]?.id ?? null) : null,
    after: hasAfter ? (page.at(-1)?.id ?? null) : null,
    now: (rows[0]?.now ?? new Date(0)).toISOString(),
  };
}

/** Who can be chosen as a manager: whoever is not disabled, by name. */
export async function listManagerChoices(ctx: Context): Promise<PersonName[]> {
  requirePermission(ctx, "people");
  return ctx.db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(sql`${people.state} <> 'disabled'`)
    .orderBy(sql`lower(${people.name}), ${people.id}`)
    .limit(MOST_CHOICES);
}

function linesOf(ctx: Context) {
  const managers = alias(people, "managers");
  return ctx.db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      state: people.state,
      manager: managers.name,
      roles: sql<
        Role[]
      >`(SELECT coalesce(array_agg(r.role), '{}') FROM ${personRoles} r WHERE r.person_id = ${people.id})`,
      lastSignIn: sql`(SELECT max(s.created_at) FROM ${sessions} s WHERE s.person_id = ${people.id})`.mapWith(
        momentOrNull,
      ),
      now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
    })
    .from(people)
    .leftJoin(managers, eq(managers.id, people.managerId));
}

function conditions(ctx: Context, { text, role, state }: PeopleFilter): (SQL | undefined)[] {
  const pattern = text ? `%${text.replace(/[\\%_]/g, "\\$&")}%` : null;
  const holds = (wanted: Role) =>
    exists(
      ctx.db
        .select({ one: sql`1` })
        .from(personRoles)
        .where(and(eq(personRoles.personId, people.id), eq(personRoles.role, wanted))),
    );
  return [
    pattern === null ? undefined : sql`(${people.name} ILIKE ${pattern} OR ${people.email} ILIKE ${pattern})`,
    role === undefined ? undefined : holds(role),
    state === undefined ? undefined : eq(people.state, state),
  ];
}

function placeCondition({ after, before }: PeoplePlace): SQL | undefined {
  const id = before ?? after;
  if (id === undefined) return undefined;
  const compare = before === undefined ? sql`>` : sql`<`;
  return sql`(lower(${people.name}), ${people.id}) ${compare}
    (SELECT lower(edge.name), edge.id FROM ${people} edge WHERE edge.id = ${id})`;
}

function asLine(
  row: Omit<PersonLine, "roles" | "lastSignIn"> & { roles: Role[]; lastSignIn: Date | null },
): PersonLine {
  const { id, name, email, state, manager } = row;
  const lastSignIn = row.lastSignIn?.toISOString() ?? null;
  return { id, name, email, state, manager, roles: rolesInWords(row.roles), lastSignIn };
}

function momentOrNull(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}
