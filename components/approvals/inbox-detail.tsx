import type { ReactNode } from "react";
import { BriefView } from "@/components/requests/request-brief";
import { RequestSteps } from "@/components/requests/request-steps";
import { RiskBars } from "@/components/requests/risk-bars";
import { StateBadge } from "@/components/requests/state-badge";
import { Badge } from "@/components/ui/badge";
import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { durationText } from "@/components/ui/time-text";
import type { InboxDetail } from "@/lib/approvals/view";
import { PastRequests } from "./past-requests";
import { Pressing } from "./pressing";

/** What an approver decides on: who wants what and why, how risky it is, what the same person asked for before. */
export function InboxDetailView({
  detail,
  sample,
  notice,
  thread,
  panel,
}: {
  detail: InboxDetail;
  sample: ReactNode;
  notice: ReactNode;
  thread: ReactNode;
  panel: ReactNode;
}) {
  return (
    <article aria-label={`Request ${detail.number}`} className="grid content-start gap-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg font-semibold tracking-tight">Request {detail.number}</h2>
        {detail.state !== "pending" && <StateBadge state={detail.state} />}
        {detail.state === "pending" && <Pressing pressing={detail.pressing} />}
        {detail.standsInFor !== null && <Badge tone="accent">for {detail.standsInFor}</Badge>}
        <p className="text-sm text-ink-muted">
          <RelativeTime at={detail.createdAt} now={detail.now} />
          {detail.state === "pending" && ` · ${durationText(detail.expiresInMs / 1000)} left to decide`}
        </p>
        <TextLink href={`/requests/${detail.number}`} className="ml-auto text-sm">
          Its page
        </TextLink>
      </header>
      {notice}
      <BriefView brief={detail.brief} sample={sample} />
      {thread}
      <div className="grid gap-6 xl:grid-cols-2 xl:gap-10">
        <RiskBars risk={detail.brief.risk} />
        <PastRequests detail={detail} />
      </div>
      {(detail.steps.length > 1 || detail.steps.some((step) => step.escalation !== null)) && (
        <RequestSteps steps={detail.steps} />
      )}
      {detail.unasked.length > 0 && (
        <Message title="Not everything was known when it was sent">
          {detail.unasked.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Message>
      )}
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
