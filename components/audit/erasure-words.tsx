import { RelativeTime } from "@/components/ui/relative-time";
import type { ErasureLine } from "@/lib/erasure/view";

const states = { waiting: "Waits", done: "Done", withdrawn: "Taken back" } as const;

/** What an erasure is about and how it stands; its records as long as it waits. */
export function ErasureWords({ line, now }: { line: ErasureLine; now: string }) {
  return (
    <div className="min-w-0 text-sm wrap-anywhere">
      <p className="font-medium">
        Erasure {line.number}: {line.reference}
      </p>
      <p>
        {line.startedBy}, <RelativeTime at={line.startedAt} now={now} />: <q>{line.reason}</q>
      </p>
      {line.settledAt !== null && (
        <p className="text-ink-muted">
          {states[line.state]} by {line.settledBy}, <RelativeTime at={line.settledAt} now={now} />.{" "}
          {counted(line.count, "record")}.
        </p>
      )}
      {line.state === "waiting" && (
        <p>
          {line.looked.length === 0
            ? "By the log, nobody had looked at values of these records."
            : `Had looked at values of these records: ${line.looked.map(said).join(", ")}.`}
        </p>
      )}
      {line.records.length > 0 && (
        <details className="mt-1">
          <summary className="disclosure py-1">
            {counted(line.count, "record")}, named in {counted(line.events, "event")} of the log
          </summary>
          <ul className="mt-1 grid max-h-60 gap-0.5 overflow-auto font-mono text-xs" aria-label="Records">
            {line.records.map(({ table, label }, at) => (
              <li key={at}>
                {table} {label}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const said = ({ name, times }: ErasureLine["looked"][number]) => `${name} ${counted(times, "time")}`;

const counted = (count: number, noun: string) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
