import type { Change } from "@/lib/policies/automatic";
import type { Ruling } from "@/lib/policies/ruling";
import { voterName, type Voter } from "@/lib/policies/standing";
import { durationWords, routeWords } from "@/lib/requests/route";

type Ruled = {
  ruling: Pick<Ruling, "rule" | "outcome" | "caps" | "breakGlass">;
  review: { standing: { people: readonly Voter[] }; route: { steps: readonly unknown[] } } | null;
};

/** What happens with a request in one sentence or two: granted at once, denied, or who decides. */
export function ruledWords(
  { ruling, review }: Ruled,
  viewSeconds: number,
  usualMinutes: number | null = null,
): string {
  const { outcome } = ruling;
  if (outcome.kind === "auto") return `Granted at once, for ${durationWords(viewSeconds / 60)}.`;
  if (outcome.kind === "deny") return outcome.words;
  const steps = review?.route.steps.length ?? 1;
  const more = steps > 1 ? ` It takes ${steps} steps; the next follows.` : "";
  const emergency = ruling.breakGlass ? " In an emergency, its page opens it at once." : "";
  const approvers = (review?.standing.people ?? []).map((one) => ({ id: one.id, name: voterName(one) }));
  return `${routeWords(approvers, usualMinutes)}${more}${emergency}`;
}

/** Why a rule gives less time, or fewer views, than was asked for; none where it does not. */
export function cappedByRule(
  { ruling }: Ruled,
  asked: { viewSeconds: number; maxViews: number | null },
): string[] {
  const { outcome, caps } = ruling;
  if (outcome.kind === "deny") return [];
  const { views = Infinity } = caps;
  const fewer = views < (asked.maxViews ?? Infinity);
  return [
    ...(asked.viewSeconds > caps.viewSeconds
      ? [`At most ${durationWords(caps.viewSeconds / 60)}: the policy gives no more.`]
      : []),
    ...(fewer ? [`At most ${views} ${views === 1 ? "view" : "views"}: the policy gives no more.`] : []),
  ];
}

/** One way to an automatic approval in words: "Name a ticket and ask for at most 5 records." */
export function wayWords(changes: readonly Change[]): string {
  const parts = changes.map((change) => {
    switch (change.kind) {
      case "ticket":
        return "name a ticket";
      case "partial":
        return "ask for parts of the values only";
      case "records":
        return change.atMost === 1 ? "ask for one record" : `ask for at most ${change.atMost} records`;
      case "time":
        return `ask for at most ${durationWords(change.viewSeconds / 60)}`;
      case "hours":
        return "ask in working hours";
    }
  });
  const text = parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
