import { ReviewKind, ReviewState } from "@/components/reviews/review-list";
import { SoftLink } from "@/components/ui/soft-link";
import type { ReviewLine } from "@/lib/approvals/view";
import { HomeCard } from "./home-card";

/** What opened before anybody had decided, until somebody has judged it: for those who may, and for whoever opened it. */
export function ReviewsCard({
  lines,
  now,
  judges,
}: {
  lines: readonly ReviewLine[];
  now: string;
  judges: boolean;
}) {
  return (
    <HomeCard title="To be judged" {...(judges ? { more: { href: "/reviews", label: "Reviews" } } : {})}>
      <ul>
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
    </HomeCard>
  );
}
