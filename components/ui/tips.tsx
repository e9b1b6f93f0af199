"use client";

import { useEffect, useRef } from "react";

const signs = ["pointerover", "focusin", "keydown"];

/** One tooltip and the menus' keys for the whole page; what moves them is fetched at the first sign of a person. */
export function Tips() {
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    let unwatch = () => {};
    const wake = () => {
      for (const sign of signs) document.removeEventListener(sign, wake);
      import("./watch-tips").then(
        ({ watch }) => {
          if (tip.current && !stop.signal.aborted) unwatch = watch(tip.current);
        },
        // Without it everything still works; only the tips are missing.
        () => undefined,
      );
    };
    for (const sign of signs) document.addEventListener(sign, wake, { signal: stop.signal });
    return () => {
      stop.abort();
      unwatch();
    };
  }, []);
  return <div ref={tip} popover="manual" role="tooltip" className="tip" />;
}
