const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A moment seen from another, in words: "just now", "3 min ago", "in 2 h", "5 days ago", then the date (UTC). */
export function relativeTime(at: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(at) - nowMs) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return "just now";
  if (size >= 30 * day) return at.slice(0, 10);
  const [count, unit] = amount(size);
  return seconds < 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
}

function amount(seconds: number): [number, string] {
  if (seconds < 59.5 * minute) return [Math.max(1, Math.round(seconds / minute)), "min"];
  if (seconds < 23.5 * hour) return [Math.round(seconds / hour), "h"];
  const days = Math.round(seconds / day);
  return [days, days === 1 ? "day" : "days"];
}

/** A moment to the second with its zone; the browser's zone unless one is given. */
export function exactTime(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(at));
}

/** A duration in the words of a form or a sentence: "45 s", "5 min", "1 h 30 min", "2 days". */
export function durationText(seconds: number): string {
  if (seconds < minute) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / minute);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60)
    return [`${Math.floor(minutes / 60)} h`, minutes % 60 ? `${minutes % 60} min` : ""].join(" ").trim();
  const days = Math.round(minutes / (24 * 60));
  return `${days} ${days === 1 ? "day" : "days"}`;
}
