import { Inbox } from "lucide";
import { levelOf } from "@/components/requests/request-brief";
import { fieldWords } from "@/components/requests/request-list";
import { RiskBadge } from "@/components/requests/risk-bars";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sensitivity } from "@/components/ui/sensitivity";
import { SoftLink } from "@/components/ui/soft-link";
import { durationText } from "@/components/ui/time-text";
import type { InboxLine, InboxPage } from "@/lib/approvals/view";

/** What waits for one's decision, soonest to expire first. */
export function InboxList({ page, current }: { page: InboxPage; current: number | null }) {
  if (page.lines.length === 0) {
    return (
      <EmptyState icon={Inbox} title="Nothing waits for you">
        Requests that you may decide appear here, the soonest to expire first.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Requests that wait for you" className="divide-y">
      {page.lines.map((line) => (
        <Line key={line.number} line={line} now={page.now} isCurrent={line.number === current} />
      ))}
    </ul>
  );
}

function Line({ line, now, isCurrent }: { line: InboxLine; now: string; isCurrent: boolean }) {
  const records = `${line.recordCount} ${line.recordCount === 1 ? "record" : "records"}`;
  return (
    <li>
      <SoftLink
        href={`/inbox?request=${line.number}`}
        data-soft="keep"
        aria-current={isCurrent ? "true" : undefined}
        className="inbox-line"
      >
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{line.requester}</span>
          <span className="ml-auto shrink-0 text-xs text-ink-muted">
            <RelativeTime at={line.createdAt} now={now} />
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-2 text-sm">
          <Sensitivity level={levelOf(line.sensitivity)} />
          <span className="truncate">
            {fieldWords(line.fields)} of {records} in {line.tableLabel}
          </span>
        </span>
        <span className="flex items-center gap-2 text-xs text-ink-muted">
          <RiskBadge grade={line.grade} />
          <span className="truncate">{line.purpose}</span>
          <span className="ml-auto shrink-0">{durationText(line.expiresInMs / 1000)} left</span>
        </span>
      </SoftLink>
    </li>
  );
}
