export interface Announcement {
  text: string;
  tone?: "info" | "ok" | "error";
  /** Said to screen readers, not shown. */
  quiet?: boolean;
  /** One thing to do about it, such as undo. */
  action?: { label: string; run: () => void };
}

export const announceEvent = "ui-announce";

/** Tells the person, on screen and to screen readers, what just happened. Works from any client component. */
export function announce(announcement: Announcement): void {
  document.dispatchEvent(new CustomEvent(announceEvent, { detail: announcement }));
}
