import "server-only";
import { and, asc, count, eq, gt, isNotNull, isNull, max, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { readMinutesLocked } from "@/lib/auth/failure-counts";
import { requirePermission } from "@/lib/auth/require-permission";
import { oneTimeLinks, people, sessions } from "@/lib/db/schema/people";
import { grants, requests } from "@/lib/db/schema/requests";
import { readRoles } from "@/lib/people/read-roles";
import type { PersonName, PersonView } from "@/lib/people/view";

const MOST_REPORTS = 100;
const clock = sql`clock_timestamp()`;

/** A person with all that an admin decides about, as the database clock has it; null when there is nobody. */
export async function readPerson(ctx: Context, personId: string): Promise<PersonView | null> {
  requirePermission(ctx, "people");
  const person = await readRow(ctx, personId);
  if (!person) return null;
  const [roles, reports, live, links, minutesLocked] = await Promise.all([
    readRoles(ctx.db, personId),
    readReports(ctx, personId),
    countLive(ctx, personId),
    countLinks(ctx, personId),
    readMinutesLocked(ctx, person.email),
  ]);
  const { managerId, managerName, createdAt, disabledAt, now, ...rest } = person;
  return {
    ...rest,
    ...live,
    roles,
    reports,
    minutesLocked,
    linkOpen: links > 0,
    manager: managerId && managerName ? { id: managerId, name: managerName } : null,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    now: now.toISOString(),
    isSelf: personId === ctx.actor.personId,
  };
}

async function readRow(ctx: Context, personId: string) {
  const managers = alias(people, "managers");
  const [row] = await ctx.db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      state: people.state,
      version: people.version,
      timeZone: people.timeZone,
      createdAt: people.createdAt,
      disabledAt: people.disabledAt,
      managerId: people.managerId,
      managerName: managers.name,
      now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
    })
    .from(people)
    .leftJoin(managers, eq(managers.id, people.managerId))
    .where(eq(people.id, personId));
  return row;
}

async function readReports(ctx: Context, personId: string): Promise<PersonName[]> {
  return ctx.db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.managerId, personId), sql`${people.state} <> 'disabled'`))
    .orderBy(asc(people.name), asc(people.id))
    .limit(MOST_REPORTS);
}

/** What disabling this person would end. */
async function countLive(ctx: Context, personId: string) {
  const [session, grant, request] = await Promise.all([
    ctx.db
      .select({
        live: sql<number>`count(*) FILTER (WHERE ended_at IS NULL AND expires_at > clock_timestamp())`.mapWith(
          Number,
        ),
        last: max(sessions.createdAt),
      })
      .from(sessions)
      .where(eq(sessions.personId, personId)),
    ctx.db
      .select({ live: count() })
      .from(grants)
      .where(
        and(
          eq(grants.holderId, personId),
          or(
            and(eq(grants.state, "ready"), gt(grants.activateBy, clock)),
            and(eq(grants.state, "active"), isNotNull(grants.endsAt), gt(grants.endsAt, clock)),
          ),
        ),
      ),
    ctx.db
      .select({ live: count() })
      .from(requests)
      .where(
        and(eq(requests.requesterId, personId), eq(requests.state, "pending"), gt(requests.expiresAt, clock)),
      ),
  ]);
  return {
    sessions: session[0]?.live ?? 0,
    lastSignIn: session[0]?.last?.toISOString() ?? null,
    openGrants: grant[0]?.live ?? 0,
    waitingRequests: request[0]?.live ?? 0,
  };
}

async function countLinks(ctx: Context, personId: string): Promise<number> {
  const working = and(isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, clock));
  const [row] = await ctx.db
    .select({ open: count() })
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.personId, personId), working));
  return row?.open ?? 0;
}
