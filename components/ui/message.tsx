import { CircleAlert, CircleCheck, Info } from "lucide";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";

type Tone = "info" | "ok" | "error";

const tones = {
  info: { icon: Info, look: "border-line bg-surface", ink: "text-ink-muted" },
  ok: { icon: CircleCheck, look: "border-ok/35 bg-ok-tint", ink: "text-ok" },
  error: { icon: CircleAlert, look: "border-danger/35 bg-danger-tint", ink: "text-danger" },
} as const satisfies Record<Tone, unknown>;

interface Props {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** What happened and what to do next, in place; errors interrupt a screen reader, the rest waits. */
export function Message({ tone = "info", title, children, className }: Props) {
  const { icon, look, ink } = tones[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={cx("flex gap-2 rounded-md border px-3 py-2 text-sm", look, className)}
    >
      <Icon of={icon} aria-hidden size={16} strokeWidth={1.75} className={cx("mt-px shrink-0", ink)} />
      <div className="min-w-0">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "text-ink-muted" : undefined}>{children}</div>}
      </div>
    </div>
  );
}
