import { OctagonX } from "lucide";
import { Icon } from "@/components/ui/icon";
import type { StopLine } from "@/lib/people/view";

/** What an admin has stopped and why, above every page of those whom it concerns. */
export function StopBanner({ stops }: { stops: readonly StopLine[] }) {
  if (stops.length === 0) return null;
  return (
    <aside
      aria-label="Stopped access"
      className="grid gap-1 border-b border-danger/35 bg-danger-tint px-4 py-2"
    >
      {stops.map((stop) => (
        <p key={stop.id} className="flex gap-2 text-sm">
          <Icon of={OctagonX} aria-hidden size={16} className="mt-px shrink-0 text-danger" />
          <span className="min-w-0 wrap-anywhere">
            <strong className="font-semibold">{whatStops(stop)}</strong> {stop.setBy}: <q>{stop.words}</q>
          </span>
        </p>
      ))}
    </aside>
  );
}

function whatStops({ scope, name, isSelf }: StopLine): string {
  if (isSelf) return "An admin has stopped your access: you can ask for, open, look up and export nothing.";
  if (scope === "all")
    return "An admin has stopped all access: nobody can ask for, open, look up or export values.";
  return `An admin has stopped access to ${name}: nobody can ask for, open, look up or export its values.`;
}
