import type { ReactNode } from "react";
import { BriefView } from "@/components/requests/request-brief";
import { fieldWords } from "@/components/requests/request-list";
import { RequestSteps } from "@/components/requests/request-steps";
import { RiskBars } from "@/components/requests/risk-bars";
import { StateBadge } from "@/components/requests/state-badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { durationText } from "@/components/ui/time-text";
import type { InboxDetail } from "@/lib/approvals/view";

/** What an approver decides on: who wants what and why, how risky it is, what the same person asked for before. */
export function InboxDetailView({
  detail,
  sample,
  panel,
}: {
  detail: InboxDetail;
  sample: ReactNode;
  panel: ReactNode;
}) {
  return (
    <article aria-label={`Request ${detail.number}`} className="grid content-start gap-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg font-semibold tracking-tight">Request {detail.number}</h2>
        {detail.state !== "pending" && <StateBadge state={detail.state} />}
        <p className="text-sm text-ink-muted">
          <RelativeTime at={detail.createdAt} now={detail.now} />
          {detail.state === "pending" && ` · ${durationText(detail.expiresInMs / 1000)} left to decide`}
        </p>
        <TextLink href={`/requests/${detail.number}`} className="ml-auto text-sm">
          Its page
        </TextLink>
      </header>
      <BriefView brief={detail.brief} sample={sample} />
      <div className="grid gap-6 xl:grid-cols-2 xl:gap-10">
        <RiskBars risk={detail.brief.risk} />
        <History detail={detail} />
      </div>
      {detail.steps.length > 1 && <RequestSteps steps={detail.steps} />}
      {detail.others.length > 0 && (
        <p className="text-sm text-ink-muted">Who else may decide: {someOf(detail.others)}.</p>
      )}
      {panel}
    </article>
  );
}

function someOf(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} others`;
}

function History({ detail }: { detail: InboxDetail }) {
  return (
    <section aria-label="Earlier requests" className="grid content-start gap-2">
      <h3 className="text-sm font-medium">Earlier requests of {detail.brief.requester}</h3>
      {detail.history.length === 0 && <p className="text-sm text-ink-muted">This is the first one.</p>}
      <ul className="grid gap-1.5 text-sm">
        {detail.history.map((past) => (
          <li key={past.number} className="flex min-w-0 items-center gap-3">
            <StateBadge state={past.state} />
            <span className="truncate">
              {fieldWords(past.fields)} in {past.tableLabel}
            </span>
            <span className="ml-auto shrink-0 text-xs text-ink-muted">
              <RelativeTime at={past.createdAt} now={detail.now} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
