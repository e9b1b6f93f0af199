export type DownloadFormat = "csv" | "ndjson" | "pdf";
export type DownloadState = "running" | "whole" | "cancelled" | "broken";

/** By a press of Cancel, or because the browser has gone. */
export type CancelledWhy = "asked" | "left";
export type BrokenWhy =
  | "session-ended"
  | "not-permitted"
  | "access-stopped"
  | "failed"
  | "nobody-reads"
  | "instance-stopped"
  | "database-away"
  | "lost";

/** A download of one's own, as it stands. */
export type DownloadView = {
  id: string;
  title: string;
  format: DownloadFormat;
  state: DownloadState;
  /** Whether Cancel was pressed and it has not ended yet. */
  isEnding: boolean;
  /** Why it broke off, in words. */
  note: string | null;
  rows: number;
  /** From 0 to 1; null while nobody knows how long it will be. */
  share: number | null;
  /** How many rows there will be; null where that is not known. */
  total: number | null;
  /** How long it has been under way, or was. */
  seconds: number;
  /** How long ago it began. */
  ageSeconds: number;
};
