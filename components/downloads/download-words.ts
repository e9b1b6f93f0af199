import type { DownloadView } from "@/lib/downloads/view";

const counted = (rows: number) => `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}`;

/** How a download stands, in words: "120,000 of 1,000,000 rows". */
export function standWords({ state, rows, total, note, isEnding }: DownloadView): string {
  switch (state) {
    case "running":
      if (isEnding) return "Being cancelled";
      if (rows === 0) return "Being prepared";
      return total === null
        ? `${counted(rows)} so far`
        : `${rows.toLocaleString("en-US")} of ${counted(total)}`;
    case "whole":
      return `Done, ${counted(rows)}`;
    case "cancelled":
      return `Cancelled after ${counted(rows)}. The file is not whole.`;
    case "broken":
      return `Failed after ${counted(rows)}. ${note ?? ""} The file is not whole: try again.`;
  }
}

/** What it is: "Audit log, CSV". */
export const nameOf = ({ title, format }: DownloadView): string => `${title}, ${format.toUpperCase()}`;

/** Seconds as "7 s", "1:05" or "1:02:03". */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const two = (amount: number) => String(amount).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
