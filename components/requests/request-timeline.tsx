import {
  Ban,
  BellRing,
  Check,
  Copy,
  Eye,
  Flag,
  Hourglass,
  LockOpen,
  Megaphone,
  MessageCircle,
  MessageCircleQuestionMark,
  PenLine,
  Scissors,
  ShieldAlert,
  Siren,
  TimerOff,
  Undo2,
  X,
  type IconNode,
} from "lucide";
import { RelativeTime } from "@/components/ui/relative-time";
import { durationText } from "@/components/ui/time-text";
import { Timeline, TimelineStep } from "@/components/ui/timeline";
import type { EventView } from "@/lib/audit/view";
import type { RequestView } from "@/lib/requests/view";

type Tone = "neutral" | "ok" | "danger" | "waiting";

const looks: Record<string, [IconNode, Tone]> = {
  "request.submitted": [PenLine, "neutral"],
  "request.approved": [Check, "ok"],
  "request.narrowed": [Scissors, "ok"],
  "request.denied": [X, "danger"],
  "request.endorsed": [Check, "neutral"],
  "request.granted_by_policy": [Check, "ok"],
  "request.denied_by_policy": [X, "danger"],
  "emergency.opened": [Siren, "danger"],
  "review.judged_justified": [Check, "ok"],
  "review.judged_not_justified": [X, "danger"],
  "request.commented": [MessageCircle, "neutral"],
  "request.question_asked": [MessageCircleQuestionMark, "neutral"],
  "request.question_answered": [MessageCircle, "neutral"],
  "request.reminded": [BellRing, "neutral"],
  "request.escalated": [Megaphone, "danger"],
  "request.withdrawn": [Undo2, "neutral"],
  "request.expired": [TimerOff, "neutral"],
  "request.closed": [Ban, "neutral"],
  "grant.activated": [LockOpen, "neutral"],
  "reveal.opened": [Eye, "neutral"],
  "reveal.failed": [ShieldAlert, "danger"],
  "reveal.copied": [Copy, "neutral"],
  "grant.returned": [Undo2, "neutral"],
  "grant.revoked": [Ban, "danger"],
  "grant.ended": [TimerOff, "neutral"],
  "grant.lapsed": [TimerOff, "neutral"],
};

/**
 * Everything that happened to a request, oldest first, and what it waits for now. Alike events in a row are one step; that a
 * passkey was asked for is in the log alone: what it signed follows.
 */
export function RequestTimeline({ events, view }: { events: readonly EventView[]; view: RequestView }) {
  return (
    <Timeline label={`History of request ${view.number}`}>
      {grouped(events.filter(({ code }) => code !== "passkey.asked")).map(({ event, count }) => {
        const [icon, tone] = looks[event.code] ?? [
          event.outcome === "success" ? Flag : ShieldAlert,
          event.outcome === "success" ? "neutral" : "danger",
        ];
        return (
          <TimelineStep
            key={event.seq}
            icon={icon}
            tone={tone}
            title={count > 1 ? `${event.sentence}, ${count} times` : event.sentence}
            time={<RelativeTime at={event.occurredAt} now={view.now} />}
          >
            {event.code === "request.submitted"
              ? view.ruleWords
              : event.reason && <q className="wrap-anywhere">{event.reason}</q>}
          </TimelineStep>
        );
      })}
      <NextStep view={view} />
    </Timeline>
  );
}

function NextStep({ view }: { view: RequestView }) {
  if (view.state === "pending") {
    const names = view.eligible.map((person) => person.name);
    return (
      <TimelineStep icon={Hourglass} tone="waiting" title={`Waiting for ${oneOf(names)}`}>
        Expires in {durationText(view.expiresInMs / 1000)} if nobody decides.
      </TimelineStep>
    );
  }
  if (view.grant?.state === "ready" && view.grant.startsInMs > 0) {
    const goesOn = view.brief.extends !== null;
    return (
      <TimelineStep
        icon={Hourglass}
        tone="waiting"
        title={goesOn ? "Goes on when the first is over" : `Can be opened from ${view.brief.notBefore}`}
      >
        That is in {durationText(view.grant.startsInMs / 1000)}.
      </TimelineStep>
    );
  }
  if (view.grant?.state === "ready") {
    return (
      <TimelineStep
        icon={Hourglass}
        tone="waiting"
        title={view.mine ? "Waiting for you to open it" : `Waiting for ${view.grant.holder.name} to open it`}
      >
        It can be opened for {durationText(view.grant.activateMsLeft / 1000)} more.
      </TimelineStep>
    );
  }
  return null;
}

/** "Max", "Max or Noor", "Max, Noor or 3 others". */
export function oneOf(names: readonly string[]): string {
  if (names.length < 3) return names.join(" or ") || "an approver";
  const rest = names.length - 2;
  return `${names[0]}, ${names[1]} or ${rest === 1 ? names[2] : `${rest} others`}`;
}

function grouped(events: readonly EventView[]): { event: EventView; count: number }[] {
  const groups: { event: EventView; count: number }[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && last.event.sentence === event.sentence) last.count++;
    else groups.push({ event, count: 1 });
  }
  return groups;
}
