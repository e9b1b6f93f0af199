"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { DownloadView } from "@/lib/downloads/view";

const everyMs = 1_000;
const patienceMs = 20_000;
/** By so much the clocks of a page and of a database may run apart within a download. */
const slackMs = 250;

type Followed = {
  known: readonly DownloadView[];
  /** How many were pressed and have not begun; `isLate` when that has gone on for long. */
  waiting: number;
  isLate: boolean;
  forget: (id: string) => void;
  giveUp: () => void;
};

/**
 * The downloads that run, and how those ended that ran while the page was open: asked for every second while one runs or
 * was pressed a moment ago. `pressed` are the moments of presses, by the clock of the page.
 */
export function useDownloads(pressed: readonly number[]): Followed {
  const [known, setKnown] = useState<readonly DownloadView[]>([]);
  const [asked, setAsked] = useState<readonly number[]>([]);
  const [nowMs, setNowMs] = useState(0);
  const seen = useRef(new Set<string>());
  const gone = useRef(new Set<string>());

  useEffect(() => {
    setAsked((before) => [...before, ...pressed.slice(-1)]);
  }, [pressed]);

  const take = useEffectEvent((told: readonly DownloadView[]) => {
    const at = performance.now();
    const begunAt = ({ ageSeconds }: DownloadView) => at - ageSeconds * 1_000 + slackMs;
    const fresh = told.filter((one) => !seen.current.has(one.id) && begunAt(one) >= (pressed[0] ?? Infinity));
    const shown = told.filter(
      (one) => one.state === "running" || fresh.includes(one) || seen.current.has(one.id),
    );
    for (const { id } of shown) seen.current.add(id);
    setKnown(shown.filter(({ id }) => !gone.current.has(id)));
    setAsked((before) => fresh.map(begunAt).reduce(withoutOne, before));
    setNowMs(at);
  });

  const isLate = asked.some((atMs) => nowMs - atMs > patienceMs);
  const isLive = known.some(({ state }) => state === "running") || (asked.length > 0 && !isLate);
  useEffect(() => {
    const stop = new AbortController();
    void ask(stop.signal, take);
    const timer = isLive ? setInterval(() => void ask(stop.signal, take), everyMs) : undefined;
    return () => (clearInterval(timer), stop.abort());
  }, [isLive, pressed]);

  const forget = (id: string) => {
    gone.current.add(id);
    setKnown((before) => before.filter((one) => one.id !== id));
  };
  return { known, waiting: asked.length, isLate, forget, giveUp: () => setAsked([]) };
}

/** Without the first that may have become the download which began then. */
function withoutOne(asked: readonly number[], begunMs: number): readonly number[] {
  const at = asked.findIndex((atMs) => begunMs >= atMs);
  return asked.filter((_, index) => index !== at);
}

async function ask(signal: AbortSignal, take: (told: readonly DownloadView[]) => void): Promise<void> {
  try {
    const answer = await fetch("/api/downloads", { cache: "no-store", signal });
    if (!answer.ok) return;
    const { downloads } = (await answer.json()) as { downloads: DownloadView[] };
    if (!signal.aborted) take(downloads);
  } catch {
    // The next question may be answered; until then the page says what it last knew.
  }
}
