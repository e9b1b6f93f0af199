import { SatelliteDish } from "lucide";
import { Icon } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/text-link";

/** Above every page of those who answer for the log: what was forwarded elsewhere is more than an hour behind. */
export function ForwardAlarm({ late, mayRead }: { late: readonly string[]; mayRead: boolean }) {
  if (late.length === 0) return null;
  return (
    <aside
      aria-label="Alarm of forwarding"
      className="border-b border-danger/35 bg-danger-tint px-4 py-2 text-sm"
    >
      <p className="flex gap-2">
        <Icon of={SatelliteDish} aria-hidden size={16} className="mt-px shrink-0 text-danger" />
        <span className="min-w-0 wrap-anywhere">
          <strong className="font-semibold">The audit log is not forwarded as it should be.</strong> More than
          an hour behind: {late.join(", ")}. Nothing is lost: what waits is sent when the receiver takes it
          again. {mayRead && <TextLink href="/audit">See why</TextLink>}
        </span>
      </p>
    </aside>
  );
}
