import type { IconNode } from "lucide";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";

type Tone = "neutral" | "ok" | "danger" | "waiting";

const dots: Record<Tone, string> = {
  neutral: "border-line-strong bg-surface text-ink-muted",
  ok: "border-ok bg-ok-tint text-ok",
  danger: "border-danger bg-danger-tint text-danger",
  waiting: "border-dashed border-line-strong bg-paper text-ink-faint",
};

/** What happened, oldest first, on one line from top to bottom. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="grid">
      {children}
    </ol>
  );
}

interface StepProps {
  icon: IconNode;
  title: ReactNode;
  /** When, usually a `RelativeTime`. */
  time?: ReactNode;
  tone?: Tone;
  children?: ReactNode;
}

/** One step of a timeline. */
export function TimelineStep({ icon, title, time, tone = "neutral", children }: StepProps) {
  return (
    <li className="group grid grid-cols-[24px_1fr] gap-x-3">
      <span className="flex flex-col items-center">
        <span className={cx("grid size-6 place-items-center rounded-full border", dots[tone])}>
          <Icon of={icon} aria-hidden size={13} strokeWidth={2} />
        </span>
        <span className="w-px flex-1 bg-line group-last:hidden" />
      </span>
      <div className="pt-0.5 pb-5 group-last:pb-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{title}</span>
          {time && <span className="text-xs text-ink-muted">{time}</span>}
        </p>
        {children && <div className="text-sm text-ink-muted">{children}</div>}
      </div>
    </li>
  );
}
