/**
 * Milliseconds that only go forward. A machine that slept stops performance.now(), a changed clock moves Date.now():
 * the later of both wins at each reading, so that doubt shortens a window and never lengthens it.
 */
export function forwardClock(): () => number {
  let monotone = performance.now();
  let wall = Date.now();
  let elapsed = 0;
  return () => {
    const [nextMonotone, nextWall] = [performance.now(), Date.now()];
    elapsed += Math.max(nextMonotone - monotone, nextWall - wall, 0);
    monotone = nextMonotone;
    wall = nextWall;
    return elapsed;
  };
}

/** The one clock of this page. */
export const now = forwardClock();
