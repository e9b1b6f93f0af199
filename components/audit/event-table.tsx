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
  /** It is not the first page, so that others may have events. */
  isFurther: boolean;
}

/** The log, one plain sentence an event; a row opens to the facts behind it. */
export function EventTable({ events, now, filtered, isFurther }: Props) {
  if (events.length === 0) {
    const { title, advice } = emptyWords(filtered, isFurther);
    return (
      <EmptyState icon={ScrollText} title={title}>
        {advice}
      </EmptyState>
    );
  }
  return (
    <Table label="Events">
      <thead>
        <tr>
          <th scope="col" data-align="end" className="max-sm:hidden">
            No.
          </th>
          <th scope="col">When</th>
          <th scope="col">What happened</th>
          <th scope="col" className="max-sm:hidden">
            Outcome
          </th>
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

function emptyWords(filtered: boolean, isFurther: boolean): { title: string; advice: string } {
  if (isFurther)
    return {
      title: filtered ? "No further event matches the filter" : "No further events",
      advice: "All that there is in this direction was looked through.",
    };
  if (filtered)
    return { title: "No event matches the filter", advice: "Widen the dates or clear the filter." };
  return { title: "Nothing has happened yet", advice: "The first sign-in, request or refusal appears here." };
}

function EventRow({ event, now }: { event: EventView; now: string }) {
  const outcome = outcomes[event.outcome];
  return (
    <tr>
      <td data-align="end" className="text-ink-muted max-sm:hidden">
        {event.seq.toLocaleString("en-US")}
      </td>
      <td className="whitespace-nowrap">
        <RelativeTime at={event.occurredAt} now={now} />
      </td>
      <td className="w-full max-w-0">
        <details>
          <summary className="disclosure truncate max-sm:py-2 max-sm:whitespace-normal">
            {event.sentence}
          </summary>
          <dl className="my-2 grid gap-x-4 sm:gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)] text-sm whitespace-normal">
            {event.facts.map(([name, text]) => (
              <div key={name} className="contents">
                <dt className="text-ink-muted max-sm:mt-2">{name}</dt>
                <dd className="break-words">{text}</dd>
              </div>
            ))}
            <dt className="text-ink-muted max-sm:mt-2">Leaf hash</dt>
            <dd className="font-mono text-xs break-all">{event.leafHash}</dd>
          </dl>
        </details>
      </td>
      <td className="max-sm:hidden">
        <Badge tone={outcome.tone} icon={outcome.icon}>
          {outcome.word}
        </Badge>
      </td>
    </tr>
  );
}
