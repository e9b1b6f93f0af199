const marks = [60, 30, 10];

/** Time left as people read it on a clock: 4:05, 1:02:09. Rounds up, so that 0:00 means over. */
export function clockText(ms: number): string {
  const total = Math.ceil(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** The announced seconds that were passed between two readings of a countdown, in ms; only the last of several. */
export function dueMarks(beforeMs: number, nowMs: number): readonly number[] {
  return marks.filter((mark) => beforeMs > mark * 1000 && nowMs <= mark * 1000 && nowMs > 0).slice(-1);
}
