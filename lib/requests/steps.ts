import type { Route, Seated, Seating, Standing, StepVote } from "@/lib/policies/seats";
import type { StepView } from "@/lib/requests/view";

const MOST_NAMED = 20;

/**
 * The steps of a review as people read them: who filled a step, who can fill the one that waits, and who comes after.
 * The people are those who have a seat at this moment and have not voted; one way of a step is enough.
 */
export function stepViews(
  route: Route,
  standing: Standing,
  { votes, seated }: { votes: readonly StepVote[]; seated: readonly Seated[] },
): StepView[] {
  const voted = new Set(votes.map((vote) => vote.approverId));
  const free = seated.filter((person) => !voted.has(person.id));
  return route.steps.map((step, at) => {
    const waits = at === standing.step;
    const gone = waits && standing.fellBack && !step.fellBack;
    const least = Math.min(...step.anyOf.map((seating) => seating.count));
    const ways = gone ? [{ seats: standing.audience, count: least }] : step.anyOf;
    return {
      state: at < standing.step ? "filled" : waits ? "waits" : "later",
      ways: at < standing.step ? [] : ways.map((seating) => wayOf(leftOf(seating, at), free)),
      votedBy: votes.filter((vote) => vote.step === at).map((vote) => vote.by),
      steppedIn: step.fellBack || gone,
    };
  });

  function leftOf({ seats, count }: Seating, at: number): Seating {
    const filled = votes.filter((vote) => {
      const voter = seated.find((person) => person.id === vote.approverId);
      return vote.step === at && voter?.seats.some((seat) => seats.includes(seat));
    });
    return { seats, count: Math.max(1, count - filled.length) };
  }
}

function wayOf({ seats, count }: Seating, people: readonly Seated[]): StepView["ways"][number] {
  const able = people.filter((person) => person.seats.some((seat) => seats.includes(seat)));
  return {
    count,
    who: seatWords(seats[0] ?? ""),
    people: able.slice(0, MOST_NAMED).map(({ name }) => name),
  };
}

const kinds: Readonly<Record<string, string>> = {
  "manager-of": "the manager",
  "managers-manager-of": "the manager’s manager",
  "table-owners": "owners of the table",
  "class-owners": "owners of the data class",
  approvers: "any approver",
};

/** What a seat is for, in words; null for people who are named themselves. */
function seatWords(seat: string): string | null {
  const [kind = "", name = ""] = seat.split(":");
  return kind === "group" ? `the group ${name}` : (kinds[kind] ?? null);
}
