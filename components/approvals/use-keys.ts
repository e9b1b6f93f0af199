"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/** Long enough that the key that decided one request is not taken for a decision on the next one. */
const settleMs = 600;

type Keys = Readonly<Record<string, () => unknown>>;

/** Single keys that do something on this page; not while somebody types, holds a key down or has a dialog open. */
export function useKeys(keys: Keys): void {
  const since = useRef(Number.POSITIVE_INFINITY);
  const press = useEffectEvent((event: KeyboardEvent) => {
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
      return;
    if (event.key !== "Escape" && (isTyping(event.target) || event.timeStamp - since.current < settleMs))
      return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    since.current = performance.now();
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
