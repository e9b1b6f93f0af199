import { fieldWords } from "@/components/requests/request-list";
import { StateBadge } from "@/components/requests/state-badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { InboxDetail, PastRequest, RequesterRecord } from "@/lib/approvals/view";

/** What the same person asked for before and what became of it, and what others asked of the same fields. */
export function PastRequests({ detail }: { detail: InboxDetail }) {
  const { brief, history, similar, record } = detail;
  return (
    <div className="grid content-start gap-5">
      <section aria-label="Earlier requests" className="grid content-start gap-2">
        <h3 className="text-sm font-medium">Earlier requests of {brief.requester}</h3>
        {history.length === 0 && <p className="text-sm text-ink-muted">This is the first one.</p>}
        {record.usualRecords !== null && <p className="text-sm text-ink-muted">{recordWords(record)}</p>}
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

function recordWords(record: RequesterRecord): string {
  const { approved, denied, revoked, emergencies, notJustified } = record;
  const parts = [
    `${approved} approved`,
    `${denied} denied`,
    ...(revoked > 0 ? [`${revoked} revoked`] : []),
    ...(emergencies > 0 ? [`${counted(emergencies, "emergency", "emergencies")}`] : []),
  ];
  const judged = notJustified > 0 ? ` (${notJustified} found not justified)` : "";
  const usual = counted(Math.round(record.usualRecords ?? 0), "record", "records");
  return `In 30 days ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}${judged}; usually for ${usual}.`;
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

interface Props {
  past: readonly PastRequest[];
  now: string;
  /** Whether each line says who asked. */
  isNamed?: boolean;
}

function PastList({ past, now, isNamed }: Props) {
  return (
    <ul className="grid gap-2 text-sm">
      {past.map((one) => {
        const what = `${isNamed ? `${one.requester}: ` : ""}${fieldWords(one.fields)} in ${one.tableLabel}`;
        return (
          <li key={one.number} className="grid gap-0.5">
            <p className="flex min-w-0 items-center gap-3">
              <StateBadge state={one.state} />
              {one.reads ? (
                <TextLink href={`/requests/${one.number}`} className="truncate">
                  {what}
                </TextLink>
              ) : (
                <span className="truncate">{what}</span>
              )}
              <span className="ml-auto shrink-0 text-xs text-ink-muted">
                <RelativeTime at={one.createdAt} now={now} />
              </span>
            </p>
            <p className="text-xs wrap-anywhere text-ink-muted">{besideWords(one)}</p>
          </li>
        );
      })}
    </ul>
  );
}

const verdicts = { approve: "approved", narrow: "narrowed", deny: "denied" } as const;

/** "Contact a customer, 3 records, 1 of them asked for now; denied by Max: Another customer." */
function besideWords({ purpose, recordCount, sameRecords, decided }: PastRequest): string {
  const same =
    sameRecords === 0
      ? ""
      : sameRecords === recordCount
        ? ", asked for now too"
        : `, ${sameRecords} of them asked for now`;
  const vote = decided
    ? `; ${verdicts[decided.verdict]} by ${decided.by}${decided.words ? `: ${decided.words}` : ""}`
    : "";
  return `${purpose}, ${counted(recordCount, "record", "records")}${same}${vote}`;
}
