import { SoftLink } from "@/components/ui/soft-link";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Countdown } from "@/components/ui/countdown";
import { RelativeTime } from "@/components/ui/relative-time";
import { durationText } from "@/components/ui/time-text";
import type { HomeEvent, HomeGrant, HomeQuestion, HomeRequest } from "@/lib/home/view";
import { HomeCard, Nothing } from "./home-card";

/** The requests that wait for one's decision. */
export function InboxCard({
  lines,
  count,
  now,
}: {
  lines: readonly HomeRequest[];
  count: number;
  now: string;
}) {
  const more = {
    href: "/inbox",
    label: count > 99 ? "All" : count > lines.length ? `All ${count}` : "Inbox",
  };
  return (
    <HomeCard title="Waits for you" more={more}>
      {lines.length === 0 ? (
        <Nothing>Nobody waits for your decision.</Nothing>
      ) : (
        <RequestLines lines={lines} now={now} />
      )}
    </HomeCard>
  );
}

/** What waits for others for too long, until it is decided: for those who were told of it. */
export function ToldCard({ lines, now }: { lines: readonly HomeRequest[]; now: string }) {
  return (
    <HomeCard title="Waits for too long">
      <RequestLines lines={lines} now={now} />
    </HomeCard>
  );
}

/** What one has asked for, what somebody asks about it, and what can be opened now. */
export function AskingCards({
  questions,
  grants,
  requests,
  now,
}: {
  questions: readonly HomeQuestion[];
  grants: readonly HomeGrant[];
  requests: readonly HomeRequest[];
  now: string;
}) {
  return (
    <>
      {questions.length > 0 && (
        <HomeCard title="Questions to you">
          <ul>
            {questions.map(({ href, title, detail, msLeft }) => (
              <Line key={href} href={href} title={title} detail={detail}>
                <span className="text-xs text-ink-muted">{durationText(msLeft / 1000)} left</span>
              </Line>
            ))}
          </ul>
        </HomeCard>
      )}
      {grants.length > 0 && (
        <HomeCard title="Open for you">
          <ul>
            {grants.map((grant) => (
              <Line key={grant.href} href={grant.href} title={grant.title}>
                {grant.isOpen ? (
                  <Badge tone="accent">
                    <Countdown msLeft={grant.msLeft} what={grant.title} />
                  </Badge>
                ) : (
                  <Badge tone="accent">Ready to open</Badge>
                )}
              </Line>
            ))}
          </ul>
        </HomeCard>
      )}
      <HomeCard title="Your requests" more={{ href: "/requests", label: "All" }}>
        {requests.length === 0 ? (
          <Nothing>You have asked for nothing yet. Open a table, select records and ask for fields.</Nothing>
        ) : (
          <RequestLines lines={requests} now={now} />
        )}
      </HomeCard>
    </>
  );
}

/** One's own latest deeds. */
export function HappenedCard({ events, now }: { events: readonly HomeEvent[]; now: string }) {
  return (
    <HomeCard title="What you did">
      {events.length === 0 ? (
        <Nothing>Nothing yet. What you do in Glimpse is on record, and the latest of it stands here.</Nothing>
      ) : (
        <ul>
          {events.map(({ seq, sentence, at }) => (
            <li key={seq} className="flex items-baseline gap-3 border-b px-4 py-2 text-sm last:border-0">
              <span className="min-w-0 break-words">{sentence}</span>
              <RelativeTime at={at} now={now} className="ml-auto shrink-0 text-xs text-ink-muted" />
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  );
}

function RequestLines({ lines, now }: { lines: readonly HomeRequest[]; now: string }) {
  return (
    <ul>
      {lines.map((line) => (
        <Line key={line.href} href={line.href} title={line.title} detail={line.detail}>
          {line.msLeft > 0 ? (
            <span className="text-xs text-ink-muted">{durationText(line.msLeft / 1000)} left</span>
          ) : (
            <RelativeTime at={line.at} now={now} className="text-xs text-ink-muted" />
          )}
          <Badge tone={tones[line.state] ?? "muted"}>{words[line.state] ?? line.state}</Badge>
        </Line>
      ))}
    </ul>
  );
}

interface LineProps {
  href: string;
  title: string;
  detail?: string;
  children: React.ReactNode;
}

function Line({ href, title, detail, children }: LineProps) {
  return (
    <li className="border-b last:border-0">
      <SoftLink href={href} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover">
        <span className="min-w-0 flex-[1_1_200px]">
          <span className="block truncate font-medium">{title}</span>
          {detail && <span className="block truncate text-sm text-ink-muted">{detail}</span>}
        </span>
        <span className="flex items-center gap-2">{children}</span>
      </SoftLink>
    </li>
  );
}

const words: Record<string, string> = {
  pending: "Waiting",
  reminded: "Reminded",
  escalated: "Escalated",
  denied: "Denied",
  withdrawn: "Withdrawn",
  expired: "Not decided",
  approved: "Approved",
  ready: "Ready to open",
  active: "Open",
  ended: "Ended",
  returned: "Given back",
  revoked: "Revoked",
  lapsed: "Not opened",
};

const tones: Record<string, BadgeTone> = {
  pending: "neutral",
  escalated: "danger",
  denied: "danger",
  approved: "accent",
  ready: "accent",
  active: "accent",
  revoked: "danger",
};
