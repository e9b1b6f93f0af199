import { Inbox } from "lucide";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SoftLink } from "@/components/ui/soft-link";
import { durationText } from "@/components/ui/time-text";
import type { RequestLine, RequestPage } from "@/lib/requests/view";
import { StateBadge } from "./state-badge";

/** One's own requests, newest first; each line leads to its page. */
export function RequestList({ page, filtered }: { page: RequestPage; filtered: boolean }) {
  if (page.lines.length === 0) return <NoRequests filtered={filtered} />;
  return (
    <ul aria-label="Requests" className="divide-y rounded-md border bg-surface">
      {page.lines.map((line) => (
        <Line key={line.number} line={line} now={page.now} />
      ))}
    </ul>
  );
}

function Line({ line, now }: { line: RequestLine; now: string }) {
  const records = `${line.recordCount} ${line.recordCount === 1 ? "record" : "records"}`;
  return (
    <li className="relative grid gap-x-4 gap-y-0.5 px-4 py-2.5 hover:bg-hover sm:grid-cols-[3rem_minmax(0,1fr)_auto] sm:items-center">
      <span className="text-sm text-ink-muted tabular-nums max-sm:hidden">{line.number}</span>
      <div className="min-w-0">
        <SoftLink
          href={`/requests/${line.number}`}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-offset-4"
        >
          <span className="sr-only">Request {line.number}: </span>
          {fieldWords(line.fields)} of {records} in {line.tableLabel}
        </SoftLink>
        <p className="truncate text-sm text-ink-muted">
          {line.purpose} · <RelativeTime at={line.createdAt} now={now} />
        </p>
        {line.questionBy !== null && (
          <p className="text-sm text-accent">{line.questionBy} asked you a question</p>
        )}
      </div>
      <p className="flex items-center gap-2">
        <StateBadge state={line.state} grant={line.grant?.state} />
        <span className="text-xs text-ink-muted">{leftWords(line)}</span>
      </p>
    </li>
  );
}

function leftWords(line: RequestLine): string {
  if (line.state === "pending") return `${durationText(line.expiresInMs / 1000)} to decide`;
  return line.grant?.state === "active" ? `${durationText(line.grant.msLeft / 1000)} left` : "";
}

export function fieldWords(fields: readonly string[]): string {
  if (fields.length > 3) return `${fields.length} fields`;
  return fields.length < 2 ? (fields[0] ?? "") : `${fields.slice(0, -1).join(", ")} and ${fields.at(-1)}`;
}

function NoRequests({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState
      icon={Inbox}
      title={filtered ? "No request of yours is in this state" : "You have not asked for anything yet"}
      actions={
        <ButtonLink href={filtered ? "/requests" : "/browse"}>
          {filtered ? "Show all of them" : "Browse tables"}
        </ButtonLink>
      }
    >
      {!filtered &&
        "Open a table, select masked fields, and ask to see them. What becomes of it stands here."}
    </EmptyState>
  );
}
