"use client";

import { X } from "lucide";
import { useEffect, useRef, useState } from "react";
import { announceEvent, type Announcement } from "./announce";
import { Button } from "./button";
import { IconButton } from "./icon-button";

type Shown = Announcement & { id: number };

const staysMs = 6000;

/** The one live region and stack of toasts of the page; the frame holds it, `announce` feeds it. */
export function Announcer() {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const stack = useRef<HTMLDivElement>(null);
  const drop = (id: number) => setShown((all) => all.filter((one) => one.id !== id));

  useEffect(() => {
    let next = 0;
    const hear = (event: Event) => {
      const one = { ...(event as CustomEvent<Announcement>).detail, id: next++ };
      setShown((all) => [...all.slice(-3), one]);
      if (one.tone !== "error") setTimeout(() => drop(one.id), one.action ? staysMs * 2 : staysMs);
    };
    document.addEventListener(announceEvent, hear);
    return () => document.removeEventListener(announceEvent, hear);
  }, []);

  const visible = shown.filter((one) => !one.quiet);
  useEffect(() => {
    // Shown again each time, so that it stands above a dialog that was opened since.
    const box = stack.current;
    if (!box || box.contains(document.activeElement)) return;
    if (box.matches(":popover-open")) box.hidePopover();
    if (visible.length > 0) box.showPopover();
  }, [visible.length]);

  return (
    <>
      <output className="sr-only">
        {shown.map((one) => (
          <span key={one.id}>{one.text}</span>
        ))}
      </output>
      <div ref={stack} popover="manual" role="region" aria-label="Messages" className="toasts">
        {visible.map((one) => (
          <div key={one.id} className="toast" data-tone={one.tone}>
            <p className="flex-1">{one.text}</p>
            {one.action && (
              <Button size="sm" onClick={() => (one.action?.run(), drop(one.id))}>
                {one.action.label}
              </Button>
            )}
            <IconButton icon={X} label="Dismiss" size="sm" onClick={() => drop(one.id)} />
          </div>
        ))}
      </div>
    </>
  );
}
