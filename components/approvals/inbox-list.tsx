import { Inbox } from "lucide";
import { levelOf } from "@/components/requests/request-brief";
import { fieldWords } from "@/components/requests/request-list";
import { RiskBadge } from "@/components/requests/risk-bars";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sensitivity } from "@/components/ui/sensitivity";
import { SoftLink } from "@/components/ui/soft-link";
import { durationText } from "@/components/ui/time-text";
import type { InboxLine, InboxPage, InboxQuery } from "@/lib/approvals/view";
import { inboxAddress } from "./inbox-address";
import { Pressing } from "./pressing";
import { groupsOf, isNarrowed } from "./inbox-groups";

interface Props {
  page: InboxPage;
  query: InboxQuery;
  current: number | null;
}

/** What waits for one's decision, soonest to expire first; grouped, the lines of a page stand together. */
export function InboxList({ page, query, current }: Props) {
  if (page.lines.length === 0) {
    const isFiltered = isNarrowed(query);
    return (
      <EmptyState icon={Inbox} title={isFiltered ? "Nothing here is like that" : "Nothing waits for you"}>
        {isFiltered
          ? "Take a filter away to see what else waits."
          : "Requests that you may decide appear here, the soonest to expire first."}
      </EmptyState>
    );
  }
  const lines = (shown: readonly InboxLine[], label: string) => (
    <ul aria-label={label} className="divide-y">
      {shown.map((line) => (
        <Line
          key={line.number}
          line={line}
          now={page.now}
          href={inboxAddress(query, { request: line.number })}
          isCurrent={line.number === current}
        />
      ))}
    </ul>
  );
  const { group } = query;
  if (group === undefined) return lines(page.lines, "Requests that wait for you");
  return groupsOf(page.lines, group).map(({ id, name, members }) => (
    <section key={id} aria-label={name} className="border-b last:border-b-0">
      <p className="flex items-center gap-2 bg-paper px-3.5 py-1.5 text-xs font-medium text-ink-muted">
        <SoftLink
          href={inboxAddress(query, { [group]: id, group: undefined, after: undefined })}
          className="truncate hover:underline"
        >
          {name}
        </SoftLink>
        <span className="ml-auto">{members.length} here</span>
      </p>
      {lines(members, `Requests that wait for you: ${name}`)}
    </section>
  ));
}

interface LineProps {
  line: InboxLine;
  now: string;
  href: string;
  isCurrent: boolean;
}

function Line({ line, now, href, isCurrent }: LineProps) {
  const records = `${line.recordCount} ${line.recordCount === 1 ? "record" : "records"}`;
  return (
    <li>
      <SoftLink
        href={href}
        data-soft="keep"
        aria-current={isCurrent ? "true" : undefined}
        className="inbox-line"
      >
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{line.requester}</span>
          <Pressing pressing={line.pressing} />
          {line.standsInFor !== null && <Badge tone="accent">for {line.standsInFor}</Badge>}
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
          {line.question !== null && (
            <Badge tone={line.question === "waits" ? "neutral" : "ok"}>
              {line.question === "waits" ? "Asked" : "Answered"}
            </Badge>
          )}
          <span className="truncate">{line.purpose}</span>
          <span className="ml-auto shrink-0">{durationText(line.expiresInMs / 1000)} left</span>
        </span>
      </SoftLink>
    </li>
  );
}
