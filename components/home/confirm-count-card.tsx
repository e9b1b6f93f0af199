import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConfirmCount } from "@/lib/campaigns/view";
import { HomeCard } from "./home-card";

/** How many people wait for the confirmation of the reader, and until when. */
export function ConfirmCountCard({ count, dueAt, isLate, now }: ConfirmCount & { now: string }) {
  return (
    <HomeCard title="Access to confirm" beside={isLate ? <Badge tone="danger">Overdue</Badge> : undefined}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <p className="min-w-0 flex-[1_1_200px] text-sm">
          {count === 1
            ? "1 person waits for your confirmation"
            : `${count.toLocaleString("en-US")} people wait for your confirmation`}
          , the soonest {isLate ? "was" : "is"} due <RelativeTime at={dueAt} now={now} />.
        </p>
        <ButtonLink href="/reviews/access" size="sm">
          Confirm or remove
        </ButtonLink>
      </div>
    </HomeCard>
  );
}
