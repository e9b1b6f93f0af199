import "server-only";
import { and, asc, eq, ne, or, sql } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import {
  routeOfPeople,
  seatsIn,
  standingOf,
  type Route,
  type Seated,
  type Standing,
  type Vote,
} from "@/lib/policies/seats";
import type { FoundRequest } from "@/lib/requests/find-request";

/**
 * Who has one of these seats at this moment: active, an approver, and not the requester. Read it inside the deciding
 * transaction (law 7). All of them: whoever were left out would lose a seat, and their step fall to others.
 */
export async function readSeated(
  db: Pick<ReadDatabase, "select">,
  requesterId: string,
  seats: readonly string[],
): Promise<Seated[]> {
  const asked = textArray(seats);
  const held = sql<
    string[]
  >`ARRAY(SELECT s FROM unnest(seats_of(${people.id})) AS s WHERE s = ANY (${asked}) ORDER BY s)`;
  return db
    .select({ id: people.id, name: people.name, seats: held })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
    .where(
      and(eq(people.state, "active"), ne(people.id, requesterId), sql`seats_of(${people.id}) && ${asked}`),
    )
    .orderBy(asc(people.name), asc(people.id));
}

/** How a request stands at this moment; those of before there were steps have one, of the people they were sent to. */
export async function readStanding(
  db: Pick<ReadDatabase, "select">,
  { request, votes }: { request: FoundRequest["request"]; votes: readonly Vote[] },
): Promise<Standing & { seated: readonly Seated[]; route: Route }> {
  const route = request.route ?? routeOfPeople(request.eligibleIds);
  const seated = await readSeated(db, request.requesterId, seatsIn(route));
  return { ...standingOf(route, votes, seated), seated, route };
}

/** Whether the step of this request that waits, or waited last, has a seat for this person, or its review has. */
export async function isInAudience(
  db: Pick<ReadDatabase, "select">,
  requestId: string,
  personId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.id, requestId),
        ne(requests.requesterId, personId),
        or(
          sql`${requests.audience} && seats_of(${personId})`,
          sql`EXISTS (SELECT FROM reviews v WHERE v.request_id = ${requests.id} AND v.audience && seats_of(${personId}))`,
        ),
      ),
    );
  return row !== undefined;
}

/** A list of words as one parameter. */
function textArray(words: readonly string[]) {
  const quoted = words.map((word) => `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`);
  return sql`${`{${quoted.join(",")}}`}::text[]`;
}
