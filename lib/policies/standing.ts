import { fits, type Route, type Seated, type Seating } from "@/lib/policies/seats";

/**
 * Somebody who stands in for an approver at this moment, under this delegation. They have the seats of that approver, and
 * only those that are the approver's own: nobody stands in for a substitute.
 */
export type StandIn = { delegationId: string; id: string; name: string; forId: string; forName: string };

/** A vote; one that a substitute gave names whom they stood in for, and under which delegation. */
export type Vote = {
  approverId: string;
  step: number;
  fellBack: boolean;
  forId?: string | null;
  delegationId?: string | null;
};

/** A vote with the name of whoever gave it. */
export type StepVote = Vote & { by: string };

/** Somebody who may vote, by a seat of their own or in place of somebody else. */
export type Voter = { id: string; name: string; standsIn: StandIn | null };

/** Who has these seats by themselves and has not voted, then who stands in for one of those; each of them once. */
export function votersOf(
  seats: readonly string[],
  { people, standIns, taken }: { people: readonly Seated[]; standIns: readonly StandIn[]; taken: Taken },
): Voter[] {
  const holders = people.filter((person) => !taken.has(person.id) && fits(person, seats));
  const own = holders.map(({ id, name }) => ({ id, name, standsIn: null }));
  const others = standIns
    .filter((one) => !taken.has(one.id) && holders.some(({ id }) => id === one.forId))
    .filter((one) => !holders.some(({ id }) => id === one.id))
    .map((one) => ({ id: one.id, name: one.name, standsIn: one }));
  return [...own, ...others.filter((one, at) => others.findIndex(({ id }) => id === one.id) === at)];
}

type Taken = ReadonlySet<string>;

/** Those who fill no other seat of this request: whoever voted, and for whom somebody votes under a delegation that counts. */
export function takenBy(votes: readonly Vote[], standIns: readonly StandIn[]): Taken {
  const ids = votes.flatMap((vote) => [
    vote.approverId,
    ...(vote.forId && isLive(vote, standIns) ? [vote.forId] : []),
  ]);
  return new Set(ids);
}

/** Whether a vote was given by oneself, or under a delegation that still counts. */
function isLive({ approverId, forId, delegationId }: Vote, standIns: readonly StandIn[]): boolean {
  if (!delegationId) return true;
  return standIns.some(
    (one) => one.delegationId === delegationId && one.id === approverId && one.forId === forId,
  );
}

/**
 * The votes that count, each with whoever has the seat that it was given from: the voter, or whom they stood in for. A
 * person counts once over all steps, as the one or as the other.
 */
export function countedVotes<V extends Vote>(
  votes: readonly V[],
  people: readonly Seated[],
  standIns: readonly StandIn[],
): { vote: V; holder: Seated }[] {
  const used = new Set<string>();
  return votes.flatMap((vote) => {
    const holderId = vote.forId ?? vote.approverId;
    const holder = people.find((person) => person.id === holderId);
    if (!holder || !isLive(vote, standIns) || used.has(vote.approverId) || used.has(holderId)) return [];
    used.add(vote.approverId).add(holderId);
    return [{ vote, holder }];
  });
}

/** How a request stands: which step waits, and who can fill it now. */
export type Standing = {
  /** The first step that is not filled; as many as there are steps when all are. */
  step: number;
  done: boolean;
  /** Those who may vote now, none of whom has voted. */
  people: readonly Voter[];
  /** The seats that wait, for the inbox. */
  audience: readonly string[];
  /** Whether these stand in for people who are not there any more. */
  fellBack: boolean;
};

/**
 * Where a request stands by the votes and by what people are at this moment: the vote of somebody who has lost the
 * seat they voted from counts no more (law 7), each person counts once, and a step whose people are gone goes to the
 * fallback. Substitutes make nobody more: a seat that one of them fills is that of an approver who could fill it too.
 */
export function standingOf(
  route: Route,
  votes: readonly Vote[],
  people: readonly Seated[],
  standIns: readonly StandIn[] = [],
): Standing {
  const counting = countedVotes(votes, people, standIns);
  const taken = takenBy(votes, standIns);
  const able = (seats: readonly string[]) =>
    people.filter((person) => !taken.has(person.id) && fits(person, seats)).length;
  for (const [at, step] of route.steps.entries()) {
    const left = step.anyOf.map((seating) => ({ ...seating, count: seating.count - counted(at, seating) }));
    if (left.some((seating) => seating.count <= 0)) continue;
    const open = left.filter((seating) => able(seating.seats) >= seating.count);
    if (open.length > 0)
      return waiting(
        at,
        open.flatMap((seating) => seating.seats),
        step.fellBack,
      );
    const needed = Math.min(...left.map((seating) => seating.count));
    const substitute = route.fallback.find((seats) => able(seats) >= needed);
    return waiting(at, substitute ?? left.flatMap((seating) => seating.seats), true);
  }
  return { step: route.steps.length, done: true, people: [], audience: [], fellBack: false };

  function counted(at: number, seating: Seating): number {
    const fallback = route.fallback.flat();
    return counting.filter(
      ({ vote, holder }) =>
        vote.step === at && fits(holder, vote.fellBack ? [...seating.seats, ...fallback] : seating.seats),
    ).length;
  }

  function waiting(step: number, audience: readonly string[], fellBack: boolean): Standing {
    const voters = votersOf(audience, { people, standIns, taken });
    return { step, done: false, people: voters, audience: [...new Set(audience)], fellBack };
  }
}

/** "Nina", or "Nina for Max". */
export const voterName = ({ name, standsIn }: Voter): string =>
  standsIn ? `${name} for ${standsIn.forName}` : name;
