import type { IconNode } from "lucide";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";

export type BadgeTone = "neutral" | "accent" | "ok" | "danger" | "lit" | "muted";

const tones: Record<BadgeTone, string> = {
  neutral: "border-line-strong/50 text-ink",
  muted: "border-line text-ink-muted",
  accent: "border-accent/40 bg-accent-tint text-accent",
  ok: "border-ok/40 bg-ok-tint text-ok",
  danger: "border-danger/40 bg-danger-tint text-danger",
  lit: "border-lit-line bg-lit text-lit-ink",
};

/** A state in a word, with an icon where the word is not enough. `lit` is for values that are shown now. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: BadgeTone;
  icon?: IconNode;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {icon && <Icon of={icon} aria-hidden size={12} strokeWidth={2} className="shrink-0" />}
      {children}
    </span>
  );
}
