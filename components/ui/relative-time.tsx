"use client";

import { useEffect, useState } from "react";
import { exactTime, relativeTime } from "./time-text";

interface Props {
  /** ISO 8601. */
  at: string;
  /** The server's time when it rendered, ISO 8601; the browser only counts on from it. */
  now: string;
  className?: string;
}

/** "3 min ago", keeping up as time passes; the exact time in the person's zone on hover. */
export function RelativeTime({ at, now, className }: Props) {
  const [openMs, setOpenMs] = useState<number>();
  useEffect(() => {
    const start = performance.now();
    const tick = () => setOpenMs(performance.now() - start);
    tick();
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, [now]);

  // The zone is the browser's, so the exact time waits for it: the server would render another text.
  return (
    <time dateTime={at} title={openMs === undefined ? undefined : exactTime(at)} className={className}>
      {relativeTime(at, Date.parse(now) + (openMs ?? 0))}
    </time>
  );
}
