const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const dayMs = 86_400_000;

/** A moment as a form has it, "2026-11-30T09:00", at a place; minutes, as a clock on the wall there shows it. */
export function localText(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment at which a clock on the wall at a place shows this, or null where that is no moment: not of its shape, a
 * day that there is none of, or an hour that is skipped there. Of an hour that comes twice, the second.
 */
export function momentAt(text: string, timeZone: string): Date | null {
  const asUtc = shape.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  // No place changes its clock twice in two days: the moment has the offset of the day before or of the day after.
  const [before, after] = [-dayMs, dayMs].map(
    (shift) => new Date(asUtc - offsetMs(new Date(asUtc + shift), timeZone)),
  ) as [Date, Date];
  const shown = [before, after].filter((at) => localText(at, timeZone) === text);
  return shown.toSorted((one, other) => other.getTime() - one.getTime())[0] ?? null;
}

/** "Mon, 30 Nov 2026, 09:00 CET". */
export function momentWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone },
  }).format(at);
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone },
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}
