import { CircleCheck } from "lucide";
import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { ReviewForm } from "@/components/reviews/review-form";
import { ReviewList } from "@/components/reviews/review-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listReviews } from "@/lib/approvals/list-reviews";
import { pageContext } from "@/lib/web/context";
import { judge } from "./actions";

export const metadata: Metadata = { title: "Reviews" };

export default async function ReviewsPage() {
  const ctx = await pageContext("decide");
  const { waiting, judged, now } = await listReviews(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Inbox", href: "/inbox" }, { label: "Reviews" }]} />
      <PageHeader
        title="Reviews"
        description="What opened before anybody had decided, and could have been yours to decide. One of you judges it."
      />
      {waiting.length === 0 ? (
        <div className="rounded-md border bg-surface">
          <EmptyState icon={CircleCheck} title="Nothing waits for your judgement">
            An emergency stands here from the moment it is opened.
          </EmptyState>
        </div>
      ) : (
        <ReviewList
          label="To be judged"
          lines={waiting}
          now={now}
          form={(line) => <ReviewForm reviewId={line.id} judge={judge} />}
        />
      )}
      {judged.length > 0 && (
        <section aria-labelledby="judged" className="mt-8 grid gap-3">
          <h2 id="judged" className="font-semibold">
            Judged last
          </h2>
          <ReviewList label="Judged last" lines={judged} now={now} />
        </section>
      )}
    </Page>
  );
}
