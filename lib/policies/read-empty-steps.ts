import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import type { Policy, Step, Who } from "@/lib/policies/policy";
import { filledRoute, type RoutedStep, type Seated } from "@/lib/policies/seats";

/**
 * The steps that nobody could fill as people are now, by the name of their field in the policy, in words; none where
 * every rule has its people. Who manages somebody is known only with a request, and left to the fallback.
 */
export async function emptySteps(
  db: Pick<ReadDatabase, "select">,
  policy: Policy,
): Promise<Record<string, string>> {
  const approvers = await readApprovers(db);
  const empty: Record<string, string> = {};
  for (const [at, { outcome, shadow }] of policy.rules.entries()) {
    if (outcome.kind !== "review" || shadow) continue;
    const steps = outcome.steps.map(knownStep).filter((step) => step !== null);
    if (!filledRoute({ steps, fallback: [] }, approvers))
      empty[`rules.${at}.outcome.steps`] = "There are not enough approvers for these steps.";
  }
  const steppingIn = policy.fallback.some(
    (who) => isOfRequester(who) || filledRoute({ steps: [stepOf(who)], fallback: [] }, approvers),
  );
  // Managers alone may be missing for everybody: somebody must be there whoever asks.
  const certain = policy.fallback.some((who) => !isOfRequester(who));
  if (!steppingIn || !certain) empty["fallback"] = "Name somebody who is there whoever asks.";
  return empty;
}

async function readApprovers(db: Pick<ReadDatabase, "select">): Promise<Seated[]> {
  // Owners of whichever table or class count as such: which it is, is known with a request.
  const seats = sql<string[]>`seats_of(${people.id})
    || ARRAY(SELECT DISTINCT o.kind || '-owners' FROM owners o WHERE o.person_id = ${people.id})`;
  return db
    .select({ id: people.id, name: people.name, seats })
    .from(people)
    .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
    .where(eq(people.state, "active"));
}

const isOfRequester = (who: Who) => who.kind === "manager" || who.kind === "managers-manager";

/** A step with the seats that are known without a request; null where one of its alternatives is not. */
function knownStep({ anyOf }: Step): RoutedStep | null {
  if (anyOf.some(({ who }) => isOfRequester(who))) return null;
  return { anyOf: anyOf.map(({ who, count }) => ({ seats: seatsKnown(who), count })), fellBack: false };
}

const stepOf = (who: Who): RoutedStep => ({
  anyOf: [{ seats: seatsKnown(who), count: 1 }],
  fellBack: false,
});

function seatsKnown(who: Who): string[] {
  switch (who.kind) {
    case "group":
      return [`group:${who.group}`];
    case "people":
      return who.ids.map((id) => `person:${id}`);
    case "approvers":
      return ["approvers"];
    case "table-owners":
      return ["table-owners"];
    case "class-owners":
      return ["class-owners"];
    case "manager":
    case "managers-manager":
      return [];
  }
}
