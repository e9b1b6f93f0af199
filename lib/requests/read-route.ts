import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { decisions, requests } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import { routeOf, type Approver, type Route } from "@/lib/requests/route";

const MOST_APPROVERS = 500;
const DECISIONS_COUNTED = 50;
const FEWEST_FOR_A_HABIT = 3;

/** Who would decide a request of this person if it were sent now; refuses when that is nobody. */
export async function readRoute(db: ReadDatabase, requesterId: string): Promise<Route> {
  const [managerIds, approvers] = await Promise.all([readManagers(db, requesterId), readApprovers(db)]);
  const route = routeOf({ requesterId, managerIds, approvers });
  if (!route) throw new Refusal("nobody-can-approve");
  return route;
}

async function readManagers(db: ReadDatabase, personId: string): Promise<string[]> {
  const manager = alias(people, "manager");
  const [row] = await db
    .select({ first: people.managerId, second: manager.managerId })
    .from(people)
    .leftJoin(manager, eq(manager.id, people.managerId))
    .where(eq(people.id, personId));
  return [row?.first, row?.second].filter((id) => typeof id === "string");
}

async function readApprovers(db: ReadDatabase): Promise<Approver[]> {
  return db
    .select({ id: people.id, name: people.name })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
    .where(eq(people.state, "active"))
    .orderBy(asc(people.name), asc(people.id))
    .limit(MOST_APPROVERS);
}

/** Minutes that the latest decisions of these people took, the median; null when there are too few to tell. */
export async function readUsualMinutes(
  db: ReadDatabase,
  approvers: readonly Approver[],
): Promise<number | null> {
  const latest = db
    .select({
      seconds: sql<number>`extract(epoch FROM ${decisions.decidedAt} - ${requests.createdAt})`.as("seconds"),
    })
    .from(decisions)
    .innerJoin(requests, eq(requests.id, decisions.requestId))
    .where(sql`${decisions.approverId} = ANY (${`{${approvers.map((one) => one.id).join(",")}}`}::uuid[])`)
    .orderBy(sql`${decisions.decidedAt} DESC`)
    .limit(DECISIONS_COUNTED)
    .as("latest");
  const [row] = await db
    .select({
      count: sql<number>`count(*)::int`,
      minutes: sql<number>`(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 60)::float8`,
    })
    .from(latest);
  return row && row.count >= FEWEST_FOR_A_HABIT ? row.minutes : null;
}
