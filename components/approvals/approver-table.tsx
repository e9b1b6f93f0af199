import { Table } from "@/components/ui/table";
import { durationText } from "@/components/ui/time-text";
import type { ApproverLine, ApproverPage } from "@/lib/approvals/view";
import { spanOf } from "./time-span";

/** How approvers decide, a line each: counts and shares as numbers, times as numbers and as a span to compare. */
export function ApproverTable({ page }: { page: ApproverPage }) {
  const lines = page.all && page.together ? [page.together, ...page.lines] : page.lines;
  return (
    <Table label="Approvers" sticky={1}>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col" className="text-right">
            Decisions
          </th>
          <th scope="col" className="text-right">
            Median time
          </th>
          <th scope="col">
            <span className="flex min-w-48 justify-between text-xs font-normal text-ink-muted" aria-hidden>
              <span>1 s</span>
              <span>1 min</span>
              <span>1 h</span>
              <span>1 day</span>
            </span>
            <span className="sr-only">Time of the middle half</span>
          </th>
          <th scope="col" className="text-right">
            Approved
          </th>
          <th scope="col" className="text-right">
            Narrowed
          </th>
          <th scope="col" className="text-right">
            Under 5 s
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </tbody>
    </Table>
  );
}

function Line({ line }: { line: ApproverLine }) {
  const { name, decisions, seconds, approved, narrowed, hasty } = line;
  return (
    <tr>
      <th scope="row" className="font-medium">
        {name}
      </th>
      <td className="text-right">{decisions.toLocaleString("en-US")}</td>
      <td className="text-right">{durationText(seconds[1])}</td>
      <td>
        <TimeSpan seconds={seconds} />
      </td>
      <Share part={approved} of={decisions} />
      <Share part={narrowed} of={decisions} />
      <Share part={hasty} of={decisions} isBad={hasty > 0} />
    </tr>
  );
}

function Share({ part, of, isBad }: { part: number; of: number; isBad?: boolean }) {
  return (
    <td className="text-right whitespace-nowrap">
      <span className={isBad ? "text-danger" : undefined}>{Math.round((part / of) * 100)} %</span>{" "}
      <span className="text-xs text-ink-muted">{part.toLocaleString("en-US")}</span>
    </td>
  );
}

/** The middle half as a bar and the median as a mark on it, from a second to a day, each step to the right a multiple. */
function TimeSpan({ seconds }: { seconds: ApproverLine["seconds"] }) {
  const [from, middle, to] = seconds.map(spanOf) as [number, number, number];
  const words = `Half of them between ${durationText(seconds[0])} and ${durationText(seconds[2])}`;
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox="0 0 192 14"
      preserveAspectRatio="none"
      className="h-3.5 w-full min-w-48 text-ink-muted"
    >
      <title>{words}</title>
      <line x1="0" x2="192" y1="7" y2="7" className="stroke-line" strokeWidth="1" />
      <line
        x1={spanOf(5) * 192}
        x2={spanOf(5) * 192}
        y1="1"
        y2="13"
        className="stroke-line"
        strokeWidth="1"
      />
      <rect
        x={from * 192}
        y="4"
        width={Math.max(2, (to - from) * 192)}
        height="6"
        className="fill-accent/60"
      />
      <rect x={Math.min(190, middle * 192)} y="1" width="2" height="12" fill="currentColor" />
    </svg>
  );
}
