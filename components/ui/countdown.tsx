"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { announce } from "./announce";
import { clockText, dueMarks } from "./clock-text";

interface Props {
  /** Time left when this was rendered, in milliseconds; a duration, because the browser's clock may be wrong. */
  msLeft: number;
  /** Names what ends, for screen readers: "E-mail of customer 1042". */
  what: string;
  onEnd?: () => void;
  className?: string;
}

/** Counts down to zero, says 60, 30 and 10 seconds aloud, calls `onEnd` once. A courtesy: the server decides. */
export function Countdown({ msLeft, what, onEnd, className }: Props) {
  const [left, setLeft] = useState(msLeft);
  const end = useEffectEvent(() => onEnd?.());

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let before = msLeft;
    // A machine that slept stops performance.now(), a changed clock moves Date.now(): the later of both wins.
    const monotone = performance.now();
    const wall = Date.now();
    const tick = () => {
      const now = Math.max(0, msLeft - Math.max(performance.now() - monotone, Date.now() - wall));
      setLeft(now);
      for (const mark of dueMarks(before, now))
        announce({ text: `${what}: ${mark} seconds left`, quiet: true });
      before = now;
      if (now === 0) end();
      else timer = setTimeout(tick, now % 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [msLeft, what]);

  return (
    <span role="timer" aria-live="off" aria-label={`${what}, time left`} className={className}>
      {/* A second may pass between the server's drawing and the browser's. */}
      <span
        suppressHydrationWarning
        data-soon={left <= 10_000 || undefined}
        className="font-mono tabular-nums"
      >
        {clockText(left)}
      </span>
    </span>
  );
}
