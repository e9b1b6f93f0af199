import { daysBetween, type Day } from "@/lib/anomalies/day";
import type { Finding } from "@/lib/anomalies/finding";
import { limitOf, quantile, stepOver, usualOf } from "@/lib/anomalies/usual";

/** Records opened in the four weeks up to a day, and in each four weeks before, the latest first; as far as known. */
export type Blocks = { now: number; before: readonly number[] };

/** What people with the same roles opened in the same four weeks. */
export type Peers = { records: readonly number[] };

const weekFloor = 50;
const singleDayShare = 0.6;
const monthFloor = 100;
const fewestBlocks = 3;
const fewestPeers = 4;

/** What no single day shows: a heavy week, a rise over months, and being far above everybody with the same roles. */
export function detectSlow(looked: {
  day: Day;
  history: readonly Day[];
  blocks: Blocks;
  peers: Peers | null;
}): Finding[] {
  return [heavyWeek(looked), slowRise(looked.blocks), aboveOthers(looked)].filter((one) => one !== null);
}

function heavyWeek({ day, history }: { day: Day; history: readonly Day[] }): Finding | null {
  const weeks = Array.from({ length: 8 }, () => 0);
  let heaviest = 0;
  for (const one of [...history, day]) {
    const at = Math.floor(daysBetween(one.day, day.day) / 7);
    if (at < 8) weeks[at] = (weeks[at] ?? 0) + one.counts.records;
    if (at === 0) heaviest = Math.max(heaviest, one.counts.records);
  }
  const [count = 0, ...before] = weeks;
  // Weeks from before the first day of work are no weeks of nothing.
  const span = daysBetween(history[0]?.day ?? day.day, day.day);
  const known = before.slice(0, Math.floor(span / 7)).slice(0, 7);
  if (known.length < 2 || count <= weekFloor) return null;
  const usual = usualOf(known);
  const limit = limitOf(usual, weekFloor);
  // What a single day makes of a week is told of that day.
  if (count <= limit || count - heaviest < singleDayShare * limit) return null;
  const { low, high } = usual;
  return {
    kind: "week",
    step: stepOver(count, limit),
    evidence: { count, low, high, limit, weeks: known.length },
  };
}

/** Against half a year: whoever raises what is usual of them from week to week is held against the low months of it. */
function slowRise({ now: count, before }: Blocks): Finding | null {
  if (before.length < fewestBlocks || count <= monthFloor) return null;
  const usual = quantile(before, 0.25);
  const limit = Math.max(monthFloor, 2 * usual + 4 * Math.sqrt(2 * usual));
  if (count <= limit) return null;
  return {
    kind: "drift",
    step: stepOver(count, limit),
    evidence: { count, usual, limit, blocks: before.length },
  };
}

function aboveOthers({ blocks, peers }: { blocks: Blocks; peers: Peers | null }): Finding | null {
  if (!peers || peers.records.length < fewestPeers || blocks.now <= monthFloor) return null;
  const [median, upper, most] = [0.5, 0.75, 1].map((share) => quantile(peers.records, share)) as [
    number,
    number,
    number,
  ];
  const limit = Math.max(monthFloor, 4 * upper, most);
  if (blocks.now <= limit) return null;
  return {
    kind: "peers",
    step: stepOver(blocks.now, limit),
    evidence: { count: blocks.now, usual: median, most, limit, people: peers.records.length },
  };
}
