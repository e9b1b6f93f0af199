import type { Policy, Step, Told, Who } from "@/lib/policies/policy";

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
export type Route = {
  steps: readonly RoutedStep[];
  fallback: readonly (readonly string[])[];
  /** When those who may decide are reminded, as the policy had it. */
  reminders?: Policy["reminders"];
};

/** A seat of those who write the rules: they are told, and never decide. */
export const policyAdmins = "policy-admins";

/** An active approver, never the requester, with those of the asked seats that they have at this moment. */
export type Seated = { id: string; name: string; seats: readonly string[] };

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

/** Whether somebody has one of these seats. */
export const fits = (person: Seated, seats: readonly string[]) =>
  person.seats.some((seat) => seats.includes(seat));

/** The route of a request of before there were steps: one of the people it was sent to. */
export function routeOfPeople(ids: readonly string[]): Route {
  return {
    steps: [{ anyOf: [{ seats: ids.map((id) => `person:${id}`), count: 1 }], fellBack: false }],
    fallback: [],
  };
}
