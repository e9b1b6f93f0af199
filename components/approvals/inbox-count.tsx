"use client";

import { useEffect, useState } from "react";
import { listenLive } from "@/components/reveals/live";
import { Count } from "@/components/ui/count";

const everyMs = 15_000;

/** How many requests wait for this person's decision, kept up to date by the poll. */
export function InboxCount({ initial }: { initial: number }) {
  const [count, setCount] = useState(initial);
  useEffect(() => setCount(initial), [initial]);
  useEffect(() => listenLive((news) => news.kind === "live" && setCount(news.live.inboxCount), everyMs), []);
  return <Count value={count} label="waiting for you" />;
}
