import {
  fits,
  policyAdmins,
  type Escalation,
  type Route,
  type Seated,
  type Seating,
} from "@/lib/policies/seats";
import {
  countedVotes,
  takenBy,
  voterName,
  votersOf,
  type StandIn,
  type Standing,
  type StepVote,
} from "@/lib/policies/standing";
import { durationWords } from "@/lib/requests/route";
import type { StepView } from "@/lib/requests/view";

const MOST_NAMED = 20;

/**
 * The steps of a review as people read them: who filled a step, who can fill the one that waits, and who comes after.
 * The people are those who have a seat at this moment and have not voted; one way of a step is enough.
 */
export function stepViews(
  route: Route,
  standing: Standing,
  {
    votes,
    seated,
    standIns,
    escalated,
  }: {
    votes: readonly StepVote[];
    seated: readonly Seated[];
    standIns: readonly StandIn[];
    /** The steps that have waited for their time. */
    escalated: readonly number[];
  },
): StepView[] {
  const counting = countedVotes(votes, seated, standIns);
  const among = { people: seated, standIns, taken: takenBy(votes, standIns) };
  return route.steps.map((step, at) => {
    const waits = at === standing.step;
    const gone = waits && standing.fellBack && !step.fellBack;
    const least = Math.min(...step.anyOf.map((seating) => seating.count));
    const ways = gone ? [{ seats: standing.audience, count: least }] : step.anyOf;
    return {
      state: at < standing.step ? "filled" : waits ? "waits" : "later",
      ways: at < standing.step ? [] : ways.map((seating) => wayOf(leftOf(seating, at), among)),
      votedBy: votes.filter((vote) => vote.step === at).map((vote) => vote.by),
      steppedIn: step.fellBack || gone,
      escalation: step.escalation ? escalationWords(step.escalation, escalated.includes(at)) : null,
    };
  });

  function leftOf({ seats, count }: Seating, at: number): Seating {
    const filled = counting.filter(({ vote, holder }) => vote.step === at && fits(holder, seats));
    return { seats, count: Math.max(1, count - filled.length) };
  }
}

function wayOf({ seats, count }: Seating, among: Parameters<typeof votersOf>[1]): StepView["ways"][number] {
  return {
    count,
    who: seatWords(seats[0] ?? ""),
    people: votersOf(seats, among).slice(0, MOST_NAMED).map(voterName),
  };
}

/** "After 2 hours without a decision, the manager’s manager hears of it." */
function escalationWords({ afterMinutes, tell, mayDecide }: Escalation, isOver: boolean): string {
  const named = [...new Set(tell.map((seat) => seatWords(seat) ?? "people whom the rule names"))];
  const who = named.join(" and ");
  const may = mayDecide ? ", and may decide too" : "";
  if (isOver) return `Escalated after ${durationWords(afterMinutes)}, to ${who}${may}.`;
  return `After ${durationWords(afterMinutes)} without a decision it goes on to ${who}: they are told${may}.`;
}

const kinds: Readonly<Record<string, string>> = {
  "manager-of": "the manager",
  "managers-manager-of": "the manager’s manager",
  "table-owners": "owners of the table",
  "class-owners": "owners of the data class",
  approvers: "any approver",
  [policyAdmins]: "the policy admins",
};

/** What a seat is for, in words; null for people who are named themselves. */
function seatWords(seat: string): string | null {
  const [kind = "", name = ""] = seat.split(":");
  return kind === "group" ? `the group ${name}` : (kinds[kind] ?? null);
}
