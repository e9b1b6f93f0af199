"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import type { CancelDownload } from "./download-list";

// Most pages are left without a download: what follows them is loaded with the first.
const List = lazy(async () => ({ default: (await import("./download-list")).DownloadList }));

/** The downloads under way, from the first link that says `data-followed` and is pressed, or at once where some run already. */
export function Downloads({ areRunning, cancel }: { areRunning: boolean; cancel: CancelDownload }) {
  const [pressed, setPressed] = useState<readonly number[]>([]);
  useEffect(() => {
    const hear = ({ target, timeStamp }: MouseEvent) => {
      if ((target as Element).closest("[data-followed]")) setPressed((before) => [...before, timeStamp]);
    };
    document.addEventListener("click", hear);
    return () => document.removeEventListener("click", hear);
  }, []);
  if (!areRunning && pressed.length === 0) return null;
  return (
    <Suspense>
      <List pressed={pressed} cancel={cancel} />
    </Suspense>
  );
}
