import { Siren } from "lucide";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ReviewCard } from "@/lib/requests/view";

/** That a request opened before anybody had decided, and what was found of that afterwards. */
export function ReviewNotice({ review, now }: { review: ReviewCard; now: string }) {
  if (review.kind === "sample") {
    return (
      <Message title="Drawn by lot to be looked at">
        <Standing review={review} now={now} />
      </Message>
    );
  }
  return (
    <div
      data-break-glass
      role="status"
      className="flex gap-2 rounded-md border px-4 py-3 text-sm font-medium"
    >
      <Icon of={Siren} aria-hidden size={18} className="shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">Opened as an emergency</p>
        <p>
          <Standing review={review} now={now} />
        </p>
      </div>
    </div>
  );
}

function Standing({ review, now }: { review: ReviewCard; now: string }) {
  const { verdict, words, overdue, dueAt } = review;
  if (verdict !== null)
    return (
      <>
        Found {verdict === "justified" ? "justified" : "not justified"}
        {overdue && ", later than it should have been"}: <q className="wrap-anywhere">{words}</q>
      </>
    );
  return (
    <>
      Another person has to judge it; that {overdue ? "was" : "is"} due <RelativeTime at={dueAt} now={now} />.
    </>
  );
}
