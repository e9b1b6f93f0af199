import type { Step, Told, Who } from "@/lib/policies/policy";

/** One way to fill a step: so many people, each of whom has one of these seats. */
export type Seating = { seats: readonly string[]; count: number };

/** Who is told, by seats, when a step has waited for its time, and whether they may fill it too. */
export type Escalation = { afterMinutes: number; tell: readonly string[]; mayDecide: boolean };

export type RoutedStep = {
  anyOf: readonly Seating[];
  escalation?: Escalation;
  /** Nobody could fill it when it was sent: others were put in its place. */
  fellBack: boolean;
};

/** The steps of a request as they were resolved when it was sent, and who steps in where nobody is left. */
export type Route = { steps: readonly RoutedStep[]; fallback: readonly (readonly string[])[] };

/** A seat of those who write the rules: they are told, and never decide. */
export const policyAdmins = "policy-admins";

/** An active approver, never the requester, with those of the asked seats that they have at this moment. */
export type Seated = { id: string; name: string; seats: readonly string[] };

export type Vote = { approverId: string; step: number; fellBack: boolean };

/** A vote with the name of whoever gave it. */
export type StepVote = Vote & { by: string };

/** What the seats of a request depend on. */
export type SeatFacts = { requesterId: string; tableId: string; classIds: readonly string[] };

/** The seats of somebody that a policy names, for one request. */
export function seatsOf(who: Who | Told, facts: SeatFacts): string[] {
  switch (who.kind) {
    case "policy-admins":
      return [policyAdmins];
    case "manager":
      return [`manager-of:${facts.requesterId}`];
    case "managers-manager":
      return [`managers-manager-of:${facts.requesterId}`];
    case "group":
      return [`group:${who.group}`];
    case "table-owners":
      return [`table-owners:${facts.tableId}`];
    case "class-owners":
      return facts.classIds.map((id) => `class-owners:${id}`);
    case "people":
      return who.ids.map((id) => `person:${id}`);
    case "approvers":
      return ["approvers"];
  }
}

/** The steps of a review with their seats, before anybody has looked who has them. */
export function routeOf(steps: readonly Step[], fallback: readonly Who[], facts: SeatFacts): Route {
  return {
    steps: steps.map(({ anyOf, escalate }) => ({
      anyOf: anyOf.map(({ who, count }) => ({ seats: seatsOf(who, facts), count })),
      ...(escalate ? { escalation: escalationOf(escalate, facts) } : {}),
      fellBack: false,
    })),
    fallback: fallback.map((who) => seatsOf(who, facts)),
  };
}

function escalationOf(
  { afterMinutes, tell, mayDecide }: NonNullable<Step["escalate"]>,
  facts: SeatFacts,
): Escalation {
  return { afterMinutes, tell: [...new Set(tell.flatMap((who) => seatsOf(who, facts)))], mayDecide };
}

/**
 * The route with these steps escalated: those who were told may fill them where the rule says so, and nobody more where
 * it does not.
 */
export function escalatedRoute(route: Route, steps: readonly number[]): Route {
  const widened = ({ anyOf, escalation, ...step }: RoutedStep): RoutedStep => ({
    ...step,
    ...(escalation ? { escalation } : {}),
    anyOf: escalation?.mayDecide
      ? anyOf.map(({ seats, count }) => ({ seats: [...new Set([...seats, ...escalation.tell])], count }))
      : anyOf,
  });
  return { ...route, steps: route.steps.map((step, at) => (steps.includes(at) ? widened(step) : step)) };
}

/** Every seat that a route speaks of, or those of its steps alone. */
export function seatsIn({ steps, fallback }: Route, of: "route" | "steps" = "route"): string[] {
  return [
    ...new Set([
      ...steps.flatMap((step) => step.anyOf.flatMap((seating) => seating.seats)),
      ...(of === "route" ? fallback.flat() : []),
    ]),
  ];
}

/**
 * The route with every step that nobody could fill given to the first of the fallback who can, one person for one
 * seat over all steps. Null when even then somebody is missing: nobody can approve it.
 */
export function filledRoute(route: Route, people: readonly Seated[]): Route | null {
  const steps: RoutedStep[] = [];
  for (const step of route.steps) {
    const count = Math.min(...step.anyOf.map((seating) => seating.count));
    const others = route.fallback.map((seats) => ({ ...step, anyOf: [{ seats, count }], fellBack: true }));
    const next = [step, ...others].find((one) => canFill([...steps, one], people));
    if (!next) return null;
    steps.push(next);
  }
  return { ...route, steps };
}

/** Whether different people can fill all of these steps at once. */
function canFill(steps: readonly RoutedStep[], people: readonly Seated[]): boolean {
  const choose = (at: number, chosen: readonly Seating[]): boolean => {
    const step = steps[at];
    if (!step) return canSeat(chosen, people);
    return step.anyOf.some((seating) => choose(at + 1, [...chosen, seating]));
  };
  return choose(0, []);
}

/** A matching of chairs and people, each person on one chair (augmenting paths). */
function canSeat(seatings: readonly Seating[], people: readonly Seated[]): boolean {
  const chairs = seatings.flatMap((seating) => Array.from({ length: seating.count }, () => seating));
  const chairOf = new Map<string, number>();
  const seat = (at: number, tried: Set<string>): boolean =>
    people.some((person) => {
      if (tried.has(person.id) || !fits(person, chairs[at]?.seats ?? [])) return false;
      tried.add(person.id);
      const taken = chairOf.get(person.id);
      if (taken !== undefined && !seat(taken, tried)) return false;
      chairOf.set(person.id, at);
      return true;
    });
  return chairs.every((_, at) => seat(at, new Set()));
}

const fits = (person: Seated, seats: readonly string[]) => person.seats.some((seat) => seats.includes(seat));

/** How a request stands: which step waits, and who can fill it now. */
export type Standing = {
  /** The first step that is not filled; as many as there are steps when all are. */
  step: number;
  done: boolean;
  /** Those who may vote now, none of whom has voted. */
  people: readonly Seated[];
  /** The seats that wait, for the inbox. */
  audience: readonly string[];
  /** Whether these stand in for people who are not there any more. */
  fellBack: boolean;
};

/**
 * Where a request stands by the votes and by what people are at this moment: the vote of somebody who has lost the
 * seat they voted from counts no more (law 7), each person counts once, and a step whose people are gone goes to the
 * fallback.
 */
export function standingOf(route: Route, votes: readonly Vote[], people: readonly Seated[]): Standing {
  const voted = new Set(votes.map((vote) => vote.approverId));
  const free = people.filter((person) => !voted.has(person.id));
  for (const [at, step] of route.steps.entries()) {
    const left = step.anyOf.map((seating) => ({
      ...seating,
      count: seating.count - counted(route, at, seating),
    }));
    if (left.some((seating) => seating.count <= 0)) continue;
    const open = left.filter(
      (seating) => free.filter((person) => fits(person, seating.seats)).length >= seating.count,
    );
    if (open.length > 0)
      return waiting(
        at,
        open.flatMap((seating) => seating.seats),
        step.fellBack,
      );
    const needed = Math.min(...left.map((seating) => seating.count));
    const substitute = route.fallback.find(
      (seats) => free.filter((person) => fits(person, seats)).length >= needed,
    );
    return waiting(at, substitute ?? left.flatMap((seating) => seating.seats), true);
  }
  return { step: route.steps.length, done: true, people: [], audience: [], fellBack: false };

  function counted(of: Route, at: number, seating: Seating): number {
    const counts = votes.filter((vote) => {
      if (vote.step !== at) return false;
      const person = people.find((one) => one.id === vote.approverId);
      return (
        person !== undefined &&
        fits(person, vote.fellBack ? [...seating.seats, ...of.fallback.flat()] : seating.seats)
      );
    });
    return new Set(counts.map((vote) => vote.approverId)).size;
  }

  function waiting(step: number, audience: readonly string[], fellBack: boolean): Standing {
    const able = free.filter((person) => fits(person, audience));
    return { step, done: false, people: able, audience: [...new Set(audience)], fellBack };
  }
}

/** The route of a request of before there were steps: one of the people it was sent to. */
export function routeOfPeople(ids: readonly string[]): Route {
  return {
    steps: [{ anyOf: [{ seats: ids.map((id) => `person:${id}`), count: 1 }], fellBack: false }],
    fallback: [],
  };
}
