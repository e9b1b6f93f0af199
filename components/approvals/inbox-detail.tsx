import type { ReactNode } from "react";
import { BriefView } from "@/components/requests/request-brief";
import { fieldWords } from "@/components/requests/request-list";
import { RequestSteps } from "@/components/requests/request-steps";
import { RiskBars } from "@/components/requests/risk-bars";
import { StateBadge } from "@/components/requests/state-badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { durationText } from "@/components/ui/time-text";
import type { InboxDetail, PastRequest } from "@/lib/approvals/view";

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
  const { brief, history, similar, record } = detail;
  return (
    <div className="grid content-start gap-5">
      <section aria-label="Earlier requests" className="grid content-start gap-2">
        <h3 className="text-sm font-medium">Earlier requests of {brief.requester}</h3>
        {history.length === 0 && <p className="text-sm text-ink-muted">This is the first one.</p>}
        {record.usualRecords !== null && (
          <p className="text-sm text-ink-muted">
            In 30 days {record.approved} approved and {record.denied} denied; usually for{" "}
            {counted(Math.round(record.usualRecords), "record")}.
          </p>
        )}
        <PastList past={history} now={detail.now} />
      </section>
      {similar.length > 0 && (
        <section aria-label="Similar requests" className="grid content-start gap-2">
          <h3 className="text-sm font-medium">Others asked for the same fields</h3>
          <PastList past={similar} now={detail.now} isNamed />
        </section>
      )}
    </div>
  );
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

interface PastProps {
  past: readonly PastRequest[];
  now: string;
  /** Whether each line says who asked. */
  isNamed?: boolean;
}

function PastList({ past, now, isNamed }: PastProps) {
  return (
    <ul className="grid gap-1.5 text-sm">
      {past.map((one) => (
        <li key={one.number} className="flex min-w-0 items-center gap-3">
          <StateBadge state={one.state} />
          <span className="truncate">
            {isNamed && `${one.requester}: `}
            {fieldWords(one.fields)} in {one.tableLabel}
          </span>
          <span className="ml-auto shrink-0 text-xs text-ink-muted">
            <RelativeTime at={one.createdAt} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}
