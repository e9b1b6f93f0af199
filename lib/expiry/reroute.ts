import "server-only";
import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { escalatedRoute, type Seated } from "@/lib/policies/seats";
import { standingOf, voterName, type Standing, type Vote } from "@/lib/policies/standing";
import { findRequest } from "@/lib/requests/find-request";
import { recordEach } from "@/lib/expiry/record-each";
import { readAllStandIns, standInsFor } from "@/lib/requests/read-stand-ins";
import { readStanding } from "@/lib/requests/read-standing";
import { requestFrame } from "@/lib/requests/request-frame";
import { startStep } from "@/lib/requests/start-step";

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
  const [approvers, standIns] = await Promise.all([readApprovers(ctx), readAllStandIns(ctx.db)]);
  let moved = 0;
  for (let after = 0; ;) {
    const rows = await readWaiting(ctx, after);
    const stale = rows.filter((row) => {
      if (!row.route || row.audience === null) return false;
      const others = approvers.filter((person) => person.id !== row.requesterId);
      const route = escalatedRoute(row.route, row.escalated);
      const standing = standingOf(route, row.votes, others, standInsFor(standIns, row));
      return !isAsStored(standing, row);
    });
    moved += await recordEach(
      ctx,
      stale.map((row) => row.id),
      rerouteOne,
    );
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = last.number;
  }
  seen = now;
  return moved;
}

/** Changes with everything that gives or takes a seat, and is never again what it was: a delegation may end within a turn. */
async function fingerprint(ctx: Context): Promise<string> {
  const [row] = await ctx.db
    .select({
      of: sql<string>`concat_ws(' ',
        (SELECT concat_ws(' ', count(*), sum(version)) FROM people),
        (SELECT concat_ws(' ', count(*), max(granted_at)) FROM person_roles),
        (SELECT concat_ws(' ', count(*), max(added_at)) FROM group_members),
        (SELECT concat_ws(' ', count(*), max(added_at)) FROM owners),
        (SELECT concat_ws(' ', count(*), count(ended_at), count(*) FILTER (WHERE starts_at <= clock_timestamp()),
          count(*) FILTER (WHERE ends_at <= clock_timestamp())) FROM delegations))`,
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
      createdAt: requests.createdAt,
      waitingStep: requests.waitingStep,
      escalated: sql<number[]>`ARRAY(SELECT e.step FROM escalations e WHERE e.request_id = ${requests.id})`,
      route: requests.route,
      audience: requests.audience,
      votes: sql<
        Vote[]
      >`(SELECT coalesce(jsonb_agg(jsonb_build_object('approverId', d.approver_id, 'step', d.step,
        'fellBack', d.fell_back, 'forId', d.for_id, 'delegationId', d.delegation_id)
        ORDER BY d.decided_at, d.id), '[]') FROM decisions d WHERE d.request_id = requests.id)`,
    })
    .from(requests)
    .where(and(eq(requests.state, "pending"), isNotNull(requests.route), gt(requests.number, after)))
    .orderBy(asc(requests.number))
    .limit(BATCH);
}

/** Whether a request is in the inboxes where it should be, and the time of the right step runs. */
function isAsStored(
  { audience, step }: Standing,
  stored: { audience: readonly string[] | null; waitingStep: number },
): boolean {
  return isSame(audience, stored.audience ?? []) && step === stored.waitingStep;
}

const isSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((one) => others.includes(one));

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
  if (isAsStored(standing, found.request)) return null;
  // The version stays: what is asked and how it stands for those who may decide is as they saw it.
  await tx
    .update(requests)
    .set({
      audience: [...standing.audience],
      ...(standing.step === found.request.waitingStep
        ? {}
        : startStep(found.request.route, standing.step, found.escalated)),
    })
    .where(eq(requests.id, id));
  return {
    ...requestFrame(found, null),
    code: "request.rerouted",
    details: {
      step: standing.step + 1,
      fellBack: standing.fellBack,
      next: standing.people.slice(0, 20).map(voterName),
    },
  };
}
