"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { listenLive } from "./live";

const everyMs = 15_000;

/** Loads the page again when something of what it shows has changed since; `mark` is as readLive gave it. Draws nothing. */
export function FreshPage({ mark }: { mark: string }) {
  const router = useRouter();
  useEffect(() => {
    let seen = mark;
    return listenLive((news) => {
      if (news.kind !== "live" || news.live.mark === seen) return;
      seen = news.live.mark;
      router.refresh();
    }, everyMs);
  }, [mark, router]);
  return null;
}
