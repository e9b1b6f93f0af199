import { ReviewKind, ReviewState } from "@/components/reviews/review-list";
import { SoftLink } from "@/components/ui/soft-link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { OthersReviews, ReviewLine } from "@/lib/approvals/view";
import { HomeCard } from "./home-card";

/**
 * What opened before anybody had decided, until somebody has judged it: for those who may, and for whoever opened it.
 * All others are told that it waits, and no more.
 */
export function ReviewsCard({
  lines,
  others,
  now,
  judges,
}: {
  lines: readonly ReviewLine[];
  others: OthersReviews | null;
  now: string;
  judges: boolean;
}) {
  return (
    <HomeCard title="To be judged" {...(judges ? { more: { href: "/reviews", label: "Reviews" } } : {})}>
      <ul className="empty:hidden">
        {lines.map((line) => (
          <li key={line.id} className="border-b last:border-0">
            <SoftLink
              href={line.mine ? `/requests/${line.number}` : "/reviews"}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover"
            >
              <span className="min-w-0 flex-[1_1_200px]">
                <span className="block truncate font-medium">
                  {line.mine ? `Your request ${line.number}` : `Request ${line.number} of ${line.requester}`}
                </span>
                <span className="block truncate text-sm text-ink-muted">
                  {line.mine ? "Another person has to judge it." : `In ${line.tableLabel}`}
                </span>
              </span>
              <span className="flex flex-wrap items-center gap-2">
                <ReviewKind kind={line.kind} />
                <ReviewState line={line} now={now} />
              </span>
            </SoftLink>
          </li>
        ))}
      </ul>
      {others && (
        <p className="px-4 py-3 text-sm text-ink-muted not-first:border-t">
          {othersInWords(others)} The soonest {others.overdue > 0 ? "was" : "is"} due{" "}
          <RelativeTime at={others.dueAt} now={now} />.
        </p>
      )}
    </HomeCard>
  );
}

function othersInWords({ count, overdue }: OthersReviews): string {
  const waits = count === 1 ? "1 emergency waits" : `${count.toLocaleString("en-US")} emergencies wait`;
  const late = overdue === 0 ? "" : `, ${overdue.toLocaleString("en-US")} overdue`;
  return `${waits} for the judgement of others${late}.`;
}
