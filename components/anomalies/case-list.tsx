import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { CaseLine } from "@/lib/anomalies/view";
import { CaseStateBadge } from "./case-state";

/** Cases: whose, of which day, what was found in words, and how it was judged. */
export function CaseList({ lines, now }: { lines: readonly CaseLine[]; now: string }) {
  return (
    <ul aria-label="Cases" className="grid gap-4">
      {lines.map((line) => (
        <li key={line.number} className="grid gap-2 rounded-md border bg-surface px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="font-semibold">
              <TextLink href={`/reports/anomalies/${line.number}`}>Case {line.number}</TextLink> of{" "}
              {line.person}
            </h2>
            <CaseStateBadge state={line.state} />
            <span className="text-xs text-ink-muted sm:ml-auto">
              found <RelativeTime at={line.openedAt} now={now} />
            </span>
          </div>
          <ul className="grid gap-1 text-sm">
            {line.findings.map(({ kind, title, words }) => (
              <li key={kind}>
                <span className="font-medium">{title}:</span> {words}
              </li>
            ))}
          </ul>
          {line.words !== null && (
            <p className="text-sm text-ink-muted">
              {line.judgedBy}: <q className="wrap-anywhere">{line.words}</q>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
