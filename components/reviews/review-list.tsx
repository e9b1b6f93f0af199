import { Siren } from "lucide";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { ReviewLine } from "@/lib/approvals/view";

/** What opened before anybody had decided: who, what, why, whom it skipped; below each, what `form` draws. */
export function ReviewList({
  label,
  lines,
  now,
  form,
}: {
  label: string;
  lines: readonly ReviewLine[];
  now: string;
  form?: (line: ReviewLine) => ReactNode;
}) {
  return (
    <ul aria-label={label} className="grid gap-4">
      {lines.map((line) => (
        <li key={line.id} className="grid gap-3 rounded-md border bg-surface px-4 py-3">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="font-semibold">
              <TextLink href={`/requests/${line.number}`}>Request {line.number}</TextLink> of {line.requester}
            </h3>
            <ReviewKind kind={line.kind} />
            <ReviewState line={line} now={now} />
          </div>
          <p className="text-sm">
            {fieldsInWords(line)} of {line.recordCount === 1 ? "1 record" : `${line.recordCount} records`} in{" "}
            {line.tableLabel}, to {line.purpose.charAt(0).toLowerCase() + line.purpose.slice(1)};{" "}
            <RelativeTime at={line.openedAt} now={now} />.
          </p>
          {line.reason !== null && <q className="text-sm wrap-anywhere">{line.reason}</q>}
          {line.skipped.length > 0 && (
            <p className="text-sm text-ink-muted">Skipped: {line.skipped.join(", ")}.</p>
          )}
          {line.words !== null && (
            <p className="text-sm">
              {line.reviewer}: <q className="wrap-anywhere">{line.words}</q>
            </p>
          )}
          {form?.(line)}
        </li>
      ))}
    </ul>
  );
}

/** Whether it was an emergency or drawn by lot, in a word. */
export function ReviewKind({ kind }: Pick<ReviewLine, "kind">) {
  if (kind === "sample") return <Badge>Drawn by lot</Badge>;
  return (
    <span
      data-break-glass
      className="inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap"
    >
      <Icon of={Siren} aria-hidden size={12} strokeWidth={2} className="shrink-0" />
      Emergency
    </span>
  );
}

/** What was found, or when it is due. */
export function ReviewState({ line, now }: { line: ReviewLine; now: string }) {
  if (line.verdict !== null)
    return (
      <Badge tone={line.verdict === "justified" ? "ok" : "danger"}>
        {line.verdict === "justified" ? "Justified" : "Not justified"}
      </Badge>
    );
  return (
    <Badge tone={line.overdue ? "danger" : "neutral"}>
      {line.overdue ? "Overdue, was due " : "Due "}
      <RelativeTime at={line.dueAt} now={now} />
    </Badge>
  );
}

function fieldsInWords({ fields }: ReviewLine): string {
  return fields.length > 3 ? `${fields.length} fields` : fields.join(", ");
}
