const quarterMs = 15 * 60_000;
const daysAhead = 3;

/** Minutes since midnight in a time zone; in UTC where the platform does not know the zone. */
export function minuteOfDay(at: Date, zone: string): number {
  const parts = clockOf(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return part("hour") * 60 + part("minute");
}

/**
 * The next moment after `now` at which a clock in this zone comes to the full hour, or passes it where the clock is put
 * forward. Every zone differs from UTC by whole quarters of an hour.
 */
export function nextLocalHour(hour: number, zone: string, now: Date): Date {
  const wanted = hour * 60;
  let at = Math.floor(now.getTime() / quarterMs) * quarterMs;
  let before = minuteOfDay(new Date(at), zone);
  for (let step = 0; step < daysAhead * 96; step++) {
    at += quarterMs;
    const minute = minuteOfDay(new Date(at), zone);
    const comesTo = minute >= wanted && (before < wanted || before > minute);
    if (comesTo) return new Date(at);
    before = minute;
  }
  return new Date(at);
}

/** "today at 14:05" would need to know the reader's day: the weekday, the time and the zone need no such guess. */
export function momentWords(at: Date, zone: string): string {
  const words = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: knownZone(zone),
  }).format(at);
  return `${words} (${knownZone(zone)})`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const made = clocks.get(zone);
  if (made) return made;
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: knownZone(zone),
  });
  clocks.set(zone, clock);
  return clock;
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
