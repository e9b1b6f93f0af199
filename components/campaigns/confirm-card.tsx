import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DecidedLine, ToConfirm } from "@/lib/campaigns/view";
import type { FormState } from "@/lib/web/view";
import { ConfirmForm } from "./confirm-form";

interface Props {
  item: ToConfirm;
  now: string;
  decide: (before: FormState, form: FormData) => Promise<FormState>;
}

/** The access of one person: since when, whether it is used, and what of it stays. */
export function ConfirmCard({ item, now, decide }: Props) {
  const { campaign } = item;
  return (
    <li className="grid gap-3 rounded-md border bg-surface px-4 py-3">
      <div className="-mb-1 flex flex-wrap items-center gap-2">
        <h2 className="font-semibold wrap-anywhere">{item.person}</h2>
        <Badge tone={campaign.isLate ? "danger" : "neutral"}>
          {campaign.isLate ? "Overdue, was due " : "Due "}
          <RelativeTime at={campaign.dueAt} now={now} />
        </Badge>
        {item.as === "admin" && <Badge>As an admin: no manager can</Badge>}
      </div>
      <p className="text-sm text-ink-muted wrap-anywhere">
        {item.email} · {campaign.name} ·{" "}
        {item.lastSignIn === null ? (
          "never signed in"
        ) : (
          <>
            last signed in <RelativeTime at={item.lastSignIn} now={now} />
          </>
        )}{" "}
        · {grantsInWords(item.grants)} in 90 days
      </p>
      {campaign.removesUndecided && (
        <p className="text-sm font-medium">
          What is not decided by the end, <RelativeTime at={campaign.dueAt} now={now} />, is removed by
          itself.
        </p>
      )}
      <ConfirmForm id={item.id} person={item.person} parts={item.parts} now={now} decide={decide} />
    </li>
  );
}

/** What the reader decided last: a decision is not taken back here. */
export function DecidedList({ lines, now }: { lines: readonly DecidedLine[]; now: string }) {
  return (
    <section aria-labelledby="decided" className="mt-8 grid gap-3">
      <h2 id="decided" className="font-semibold">
        Decided by you last
      </h2>
      <ul className="rounded-md border bg-surface">
        {lines.map((line) => (
          <li key={line.id} className="border-b px-4 py-2 text-sm wrap-anywhere last:border-0">
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{line.person}</span>
              <Badge tone={line.removed === null ? "ok" : "danger"}>
                {line.removed === null ? "Confirmed" : "Removed"}
              </Badge>
              <RelativeTime at={line.decidedAt} now={now} className="text-ink-muted" />
            </span>
            {line.removed !== null && <span className="block">Removed: {line.removed}.</span>}
            <span className="block text-ink-muted">Kept: {line.kept}.</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function grantsInWords(grants: number): string {
  if (grants === 0) return "no grant";
  return grants === 1 ? "1 grant" : `${grants.toLocaleString("en-US")} grants`;
}
