import { ShieldAlert } from "lucide";
import { Icon } from "@/components/ui/icon";

/** Above every page of those who answer for the log: it is not what was signed. */
export function LogAlarm({ alarm }: { alarm: { why: string; firstBad: number | null } | null }) {
  if (!alarm) return null;
  const where = alarm.firstBad === null ? "" : ` First bad event: ${alarm.firstBad.toLocaleString("en-US")}.`;
  return (
    <aside
      aria-label="Alarm of the audit log"
      className="border-b border-danger/35 bg-danger-tint px-4 py-2 text-sm"
    >
      <p className="flex gap-2">
        <Icon of={ShieldAlert} aria-hidden size={16} className="mt-px shrink-0 text-danger" />
        <span className="min-w-0 wrap-anywhere">
          <strong className="font-semibold">The audit log is not what was signed.</strong> {alarm.why}
          {where} Nothing is signed until this is settled: keep a copy of the database, and compare it with
          what was published.
        </span>
      </p>
    </aside>
  );
}
