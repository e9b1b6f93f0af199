import { RelativeTime } from "@/components/ui/relative-time";
import type { HoldView, PeriodView, PruningPreview } from "@/lib/retention/view";

/** A period, who set and confirmed it, and why. */
export function PeriodWords({ period, now }: { period: PeriodView; now: string }) {
  return (
    <div className="grid gap-1 text-sm wrap-anywhere">
      <p className="font-medium">{daysInWords(period.days)}</p>
      <p>
        {period.setBy}, <RelativeTime at={period.setAt} now={now} />: <q>{period.why}</q>
      </p>
      {period.confirmedAt !== null && (
        <p className="text-ink-muted">
          Confirmed by {period.confirmedBy}, <RelativeTime at={period.confirmedAt} now={now} />
        </p>
      )}
    </div>
  );
}

/** What would be pruned now, or that nothing would. */
export function PreviewWords({ preview }: { preview: PruningPreview }) {
  if (preview === null)
    return (
      <p className="mt-2 text-sm">
        It would prune nothing now: nothing is old enough, signed, forwarded to every destination and under no
        hold.
      </p>
    );
  const { pruned, firstSeq, lastSeq, oldest, newest } = preview;
  const count = `${pruned >= 1_000_000 ? "at least " : ""}${pruned.toLocaleString("en-US")}`;
  return (
    <p className="mt-2 text-sm">
      {`It would prune ${count} ${pruned === 1 ? "event" : "events"} now, from ${day(oldest)} (number ${firstSeq.toLocaleString("en-US")}) to ${day(newest)} (number ${lastSeq.toLocaleString("en-US")}).`}
    </p>
  );
}

/** A hold, what it holds, who placed it and why; who asked to lift it, and who did. */
export function HoldWords({ hold, now }: { hold: HoldView; now: string }) {
  return (
    <div className="min-w-0 flex-[1_1_260px] text-sm wrap-anywhere">
      <p className="font-medium">{hold.name}</p>
      <p>{hold.part}</p>
      <p>
        {hold.placedBy}, <RelativeTime at={hold.placedAt} now={now} />: <q>{hold.why}</q>
      </p>
      {hold.liftAskedBy !== null && (
        <p>
          {hold.liftAskedBy} asked to lift it: <q>{hold.liftWhy}</q>
        </p>
      )}
      {hold.liftedAt !== null && (
        <p className="text-ink-muted">
          Lifted by {hold.liftedBy}, <RelativeTime at={hold.liftedAt} now={now} />
        </p>
      )}
    </div>
  );
}

function daysInWords(days: number | null): string {
  if (days === null) return "For ever";
  const years = days / 365;
  const round = days % 365 === 0 ? `, ${years === 1 ? "one year" : `${years} years`}` : "";
  return `${days.toLocaleString("en-US")} days${round}`;
}

/** A day in UTC, as the log counts them. */
const day = (iso: string) => iso.slice(0, 10);
