import "server-only";
import { and, asc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ReadDatabase } from "@/lib/db/control-database";
import { liveDelegations } from "@/lib/db/schema/delegations";
import { people } from "@/lib/db/schema/people";
import type { StandIn } from "@/lib/policies/standing";

/** A stand-in with the last moment at which somebody else could have come into the account of whom they stand in for. */
export type DatedStandIn = StandIn & { resetAt: Date | null };

/**
 * Who stands in at this moment for one of these people in what somebody asked: never whoever asked. Read it inside the
 * deciding transaction (law 7).
 */
export async function readStandIns(
  db: Pick<ReadDatabase, "select">,
  delegatorIds: readonly string[],
  request: { requesterId: string; createdAt: Date | null },
): Promise<StandIn[]> {
  if (delegatorIds.length === 0) return [];
  const which = and(
    inArray(liveDelegations.delegatorId, [...delegatorIds]),
    ne(liveDelegations.substituteId, request.requesterId),
  );
  return standInsFor(await readLive(db, which), request);
}

/** Everybody who stands in for somebody at this moment. */
export async function readAllStandIns(db: Pick<ReadDatabase, "select">): Promise<DatedStandIn[]> {
  return readLive(db, undefined);
}

/**
 * Those of them who count for a request: not its requester, nor anybody for whom a new-password link was made since it
 * was sent, which has ended their seat in it and with it that of their substitute.
 */
export function standInsFor(
  all: readonly DatedStandIn[],
  { requesterId, createdAt }: { requesterId: string; createdAt: Date | null },
): StandIn[] {
  return all.filter(
    ({ id, forId, resetAt }) =>
      id !== requesterId &&
      forId !== requesterId &&
      (resetAt === null || createdAt === null || resetAt < createdAt),
  );
}

async function readLive(db: Pick<ReadDatabase, "select">, which: SQL | undefined): Promise<DatedStandIn[]> {
  const [substitute, delegator] = [alias(people, "substitute"), alias(people, "delegator")];
  return db
    .select({
      delegationId: liveDelegations.id,
      id: liveDelegations.substituteId,
      name: substitute.name,
      forId: liveDelegations.delegatorId,
      forName: delegator.name,
      resetAt: sql<Date | null>`(SELECT max(greatest(o.created_at, o.used_at)) FROM one_time_links o
        WHERE o.person_id = ${liveDelegations.delegatorId} AND o.reset_by_id IS NOT NULL)`.mapWith(
        (at: string) => new Date(at),
      ),
    })
    .from(liveDelegations)
    .innerJoin(substitute, eq(substitute.id, liveDelegations.substituteId))
    .innerJoin(delegator, eq(delegator.id, liveDelegations.delegatorId))
    .where(which)
    .orderBy(asc(substitute.name), asc(substitute.id), asc(delegator.name), asc(delegator.id))
    .limit(5000);
}
