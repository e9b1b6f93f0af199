import { Ban, Check, ScrollText, TriangleAlert } from "lucide";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import type { EventView } from "@/lib/audit/view";

const outcomes = {
  success: { word: "Done", tone: "muted", icon: Check },
  refused: { word: "Refused", tone: "danger", icon: Ban },
  failure: { word: "Failed", tone: "danger", icon: TriangleAlert },
} as const;

interface Props {
  events: readonly EventView[];
  /** The server's time, ISO 8601. */
  now: string;
  filtered: boolean;
}

/** The log, one plain sentence an event; a row opens to the facts behind it. */
export function EventTable({ events, now, filtered }: Props) {
  if (events.length === 0) {
    return (
      <EmptyState
        icon={ScrollText}
        title={filtered ? "No event matches the filter" : "Nothing has happened yet"}
      >
        {filtered
          ? "Widen the dates or clear the filter."
          : "The first sign-in, request or refusal appears here."}
      </EmptyState>
    );
  }
  return (
    <Table label="Events">
      <thead>
        <tr>
          <th scope="col" className="num">
            No.
          </th>
          <th scope="col">When</th>
          <th scope="col">What happened</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.seq} event={event} now={now} />
        ))}
      </tbody>
    </Table>
  );
}

function EventRow({ event, now }: { event: EventView; now: string }) {
  const outcome = outcomes[event.outcome];
  return (
    <tr className="align-baseline">
      <td className="num text-ink-muted">{event.seq.toLocaleString("en-US")}</td>
      <td className="whitespace-nowrap">
        <RelativeTime at={event.occurredAt} now={now} />
      </td>
      <td className="w-full max-w-0">
        <details>
          <summary className="cursor-pointer truncate">{event.sentence}</summary>
          <dl className="my-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm whitespace-normal">
            {event.facts.map(([name, text]) => (
              <div key={name} className="contents">
                <dt className="text-ink-muted">{name}</dt>
                <dd className="break-words">{text}</dd>
              </div>
            ))}
            <dt className="text-ink-muted">Leaf hash</dt>
            <dd className="font-mono text-xs break-all">{event.leafHash}</dd>
          </dl>
        </details>
      </td>
      <td>
        <Badge tone={outcome.tone} icon={outcome.icon}>
          {outcome.word}
        </Badge>
      </td>
    </tr>
  );
}
