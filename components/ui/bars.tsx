import type { ReactNode } from "react";

export interface Bar {
  label: ReactNode;
  points: number;
  /** Why these points, in words. */
  why?: ReactNode;
}

interface Props {
  label: string;
  bars: readonly Bar[];
  /** The points of a full bar; the same for all, so that bars compare. */
  full: number;
}

/** Points that add up, one bar each; numbers and words beside them, so that length does not speak alone. */
export function Bars({ label, bars, full }: Props) {
  return (
    <ul aria-label={label} className="grid gap-1.5 text-sm">
      {bars.map((bar, index) => (
        <li key={index} className="grid grid-cols-[minmax(0,1fr)_40%_28px] items-center gap-x-3">
          <span className="min-w-0">
            {bar.label}
            {bar.why && <span className="block text-xs text-ink-muted">{bar.why}</span>}
          </span>
          <Track share={bar.points / full} />
          <span className="text-right font-mono text-xs">
            {bar.points > 0 ? `+${bar.points}` : bar.points}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Track({ share }: { share: number }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg
      aria-hidden
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover text-ink-muted"
    >
      <rect width={width} height="4" fill="currentColor" />
    </svg>
  );
}

/** How much of something is done: 12 of 40. Words stand beside the bar. */
export function ProgressBar({ label, value, of }: { label: string; value: number; of: number }) {
  return (
    <progress
      className="progress"
      aria-label={label}
      max={Math.max(1, of)}
      value={value}
      data-done={value >= of || undefined}
    >
      {value} of {of}
    </progress>
  );
}
