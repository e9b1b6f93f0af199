import "server-only";
import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { standingOf, type Seated, type Vote } from "@/lib/policies/seats";
import { findRequest } from "@/lib/requests/find-request";
import { readStanding } from "@/lib/requests/read-seats";

const BATCH = 500;

let seen: string | null = null;

/**
 * Points waiting requests at those who can decide them now, after people, groups or owners have changed: whoever lost
 * a seat is not waited for, and whoever steps in finds it in their inbox. It opens nothing: who may decide is looked up
 * when they do. Does nothing while nobody has changed; safe to run anywhere, at any time, again.
 */
export async function reroute(): Promise<number> {
  const ctx = systemContext();
  const now = await fingerprint(ctx);
  if (now === seen) return 0;
  const approvers = await readApprovers(ctx);
  let moved = 0;
  for (let after = 0; ;) {
    const rows = await readWaiting(ctx, after);
    const stale = rows.filter((row) => {
      if (!row.route || row.audience === null) return false;
      const others = approvers.filter((person) => person.id !== row.requesterId);
      return !isSame(standingOf(row.route, row.votes, others).audience, row.audience);
    });
    if (stale.length > 0)
      moved += await rerouteAll(
        ctx,
        stale.map((row) => row.id),
      );
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = last.number;
  }
  seen = now;
  return moved;
}

/** Changes with everything that gives or takes a seat. */
async function fingerprint(ctx: Context): Promise<string> {
  const [row] = await ctx.db
    .select({
      of: sql<string>`concat_ws(' ',
        (SELECT concat_ws(' ', count(*), sum(version)) FROM people),
        (SELECT concat_ws(' ', count(*), max(granted_at)) FROM person_roles),
        (SELECT concat_ws(' ', count(*), max(added_at)) FROM group_members),
        (SELECT concat_ws(' ', count(*), max(added_at)) FROM owners))`,
    })
    .from(sql`(SELECT) AS nothing`);
  return row?.of ?? "";
}

async function readApprovers(ctx: Context): Promise<Seated[]> {
  return ctx.db
    .select({ id: people.id, name: people.name, seats: sql<string[]>`seats_of(${people.id})` })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
    .where(eq(people.state, "active"));
}

async function readWaiting(ctx: Context, after: number) {
  return ctx.db
    .select({
      id: requests.id,
      number: requests.number,
      requesterId: requests.requesterId,
      route: requests.route,
      audience: requests.audience,
      votes: sql<
        Vote[]
      >`(SELECT coalesce(jsonb_agg(jsonb_build_object('approverId', d.approver_id, 'step', d.step,
        'fellBack', d.fell_back)), '[]') FROM decisions d WHERE d.request_id = requests.id)`,
    })
    .from(requests)
    .where(and(eq(requests.state, "pending"), isNotNull(requests.route), gt(requests.number, after)))
    .orderBy(asc(requests.number))
    .limit(BATCH);
}

const isSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((one) => others.includes(one));

async function rerouteAll(ctx: Context, ids: readonly string[]): Promise<number> {
  try {
    return await recorded(ctx, async (tx) => {
      const events: AuditEvent[] = [];
      for (const id of ids) {
        const event = await rerouteOne(tx, id);
        if (event) events.push(event);
      }
      const [first, ...others] = events;
      if (!first) throw new NothingToDo();
      return { result: events.length, event: [first, ...others] };
    });
  } catch (error) {
    if (error instanceof NothingToDo) return 0;
    throw error;
  }
}

/** Rolls the empty transaction back: no write goes without an event. */
class NothingToDo extends Error {}

/** One that somebody is deciding at this moment has moved by itself. */
async function rerouteOne(tx: WriteTransaction, id: string): Promise<AuditEvent | null> {
  const [held] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.id, id), eq(requests.state, "pending")))
    .for("update", { skipLocked: true });
  const found = held && (await findRequest(tx, eq(requests.id, held.id)));
  if (!found || found.request.state !== "pending" || found.request.audience === null) return null;
  const standing = await readStanding(tx, found);
  if (isSame(standing.audience, found.request.audience)) return null;
  // The version stays: what is asked and how it stands for those who may decide is as they saw it.
  await tx
    .update(requests)
    .set({ audience: [...standing.audience] })
    .where(eq(requests.id, id));
  return {
    code: "request.rerouted",
    requestId: id,
    requestNumber: found.request.number,
    subject: found.requester,
    resource: { sourceId: found.request.sourceId, tableId: found.request.tableId },
    details: {
      step: standing.step + 1,
      fellBack: standing.fellBack,
      next: standing.people.slice(0, 20).map(({ name }) => name),
    },
  };
}
