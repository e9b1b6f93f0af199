import { CircleAlert, CircleCheck } from "lucide";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import type { Finding } from "@/lib/hardening/view";

/** What was looked at in a source, each with whether it is right: what is wrong comes first. */
export function FindingList({ label, findings }: { label: string; findings: readonly Finding[] }) {
  const sorted = [...findings].sort((one, other) => Number(one.ok) - Number(other.ok));
  return (
    <ul aria-label={label} className="grid gap-1 text-sm">
      {sorted.map(({ ok, words }) => (
        <li key={words} className="flex gap-2">
          <Icon
            of={ok ? CircleCheck : CircleAlert}
            aria-hidden
            size={15}
            className={cx("mt-0.5 shrink-0", ok ? "text-ok" : "text-danger")}
          />
          <span className={ok ? "text-ink-muted" : undefined}>
            <span className="sr-only">{ok ? "Right: " : "Wrong: "}</span>
            {words}
          </span>
        </li>
      ))}
    </ul>
  );
}
