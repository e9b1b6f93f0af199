import "server-only";
import type { ReadDatabase } from "@/lib/db/control-database";
import { escalatedRoute, routeOfPeople, seatsIn, type Route, type Seated } from "@/lib/policies/seats";
import { standingOf, type StandIn, type Standing, type Vote } from "@/lib/policies/standing";
import type { FoundRequest } from "@/lib/requests/find-request";
import { readSeated } from "@/lib/requests/read-seats";
import { readStandIns } from "@/lib/requests/read-stand-ins";

/** How a request stands, with those who have seats in it and those who stand in for them. */
export type FoundStanding = Standing & {
  seated: readonly Seated[];
  standIns: readonly StandIn[];
  route: Route;
};

/**
 * How a request stands at this moment, those included who were told that it waits where its rule lets them decide;
 * those of before there were steps have one, of the people they were sent to.
 */
export async function readStanding(
  db: Pick<ReadDatabase, "select">,
  { request, escalated, votes }: Pick<FoundRequest, "request" | "escalated"> & { votes: readonly Vote[] },
): Promise<FoundStanding> {
  const route = escalatedRoute(request.route ?? routeOfPeople(request.eligibleIds), escalated);
  const seated = await readSeated(db, request.requesterId, seatsIn(route));
  const standIns = await readStandIns(
    db,
    seated.map(({ id }) => id),
    request,
  );
  return { ...standingOf(route, votes, seated, standIns), seated, standIns, route };
}
