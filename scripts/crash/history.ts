import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { parseEntry } from "@/lib/audit/entry";

/** A deed that somebody was told is done. `mark` is in the details of its event. Times are milliseconds since 1970. */
export type Acknowledged = { mark: string; startedMs: number; toldMs: number };

/** A raw value that somebody has received under a grant. */
export type Received = { grantId: string; atMs: number };

/** What the log once was: a checkpoint that was signed, or a head that was read after a restart. */
export type Seen = { size: number; root: string };

/** All that was observed of a log while it was used and its servers died, and what the log says at the end. */
export type History = {
  acknowledged: readonly Acknowledged[];
  received: readonly Received[];
  seen: readonly Seen[];
  /** The rows of the log, in the order of their numbers. */
  rows: readonly { seq: number; entry: string; leafHash: string }[];
  head: Seen;
};

/** So far the clocks of the database and of an application on the same machine may be apart, in milliseconds. */
const CLOCKS_MS = 1;

/**
 * Everything that must not be, in words: an event that was acknowledged and is not in the log, is in it twice, or stands
 * before one that was acknowledged before it began; a number that is missing; a state of the log that was seen and that
 * the log does not go on from; a value that was received without an event before it; an alarm without a reason.
 */
export function faultsOf(history: History): string[] {
  const { rows } = history;
  return [...gaps(rows), ...forks(history), ...losses(history), ...unrecorded(history), ...alarms(rows)];
}

function gaps(rows: History["rows"]): string[] {
  const gap = rows.find(({ seq }, index) => seq !== index);
  return gap === undefined ? [] : [`There is a gap: number ${rows.indexOf(gap)} is ${gap.seq}.`];
}

function forks({ rows, seen, head }: History): string[] {
  const faults: string[] = [];
  const tree = new GrowingTree();
  const roots = new Map<number, string>();
  const wanted = new Set([...seen, head].map(({ size }) => size));
  const keep = () => wanted.has(tree.size) && roots.set(tree.size, tree.root().toString("hex"));
  keep();
  for (const { seq, entry, leafHash: told } of rows) {
    const hash = leafHash(entry);
    if (hash.toString("hex") !== told) faults.push(`Event ${seq} does not have the hash it was given.`);
    tree.append(hash);
    keep();
  }
  for (const { size, root } of seen)
    if (size > rows.length) faults.push(`The log has ${rows.length} events, and ${size} were seen.`);
    else if (roots.get(size) !== root) faults.push(`The first ${size} events are not those that were seen.`);
  if (head.size !== rows.length)
    faults.push(`The head says ${head.size} events and there are ${rows.length}.`);
  else if (roots.get(head.size) !== head.root) faults.push("The events do not add up to the head.");
  return faults;
}

function losses({ acknowledged, rows }: History): string[] {
  const faults: string[] = [];
  const places = new Map<string, number[]>();
  for (const { seq, entry } of rows) {
    const mark = parseEntry(entry).details?.["mark"];
    if (typeof mark === "string") places.set(mark, [...(places.get(mark) ?? []), seq]);
  }
  const placed = acknowledged.flatMap((deed) => {
    const [seq, again] = places.get(deed.mark) ?? [];
    if (seq === undefined) faults.push(`${deed.mark} was acknowledged and is lost.`);
    else if (again !== undefined) faults.push(`${deed.mark} is in the log twice: ${seq} and ${again}.`);
    return seq === undefined ? [] : [{ ...deed, seq }];
  });
  let soonest = { toldMs: Number.POSITIVE_INFINITY, mark: "" };
  for (const deed of placed.toSorted((a, b) => b.seq - a.seq)) {
    if (soonest.toldMs < deed.startedMs)
      faults.push(`${deed.mark} began after ${soonest.mark} was acknowledged, and stands before it.`);
    if (deed.toldMs < soonest.toldMs) soonest = deed;
  }
  return faults;
}

/** The nth value of a grant, in the order of time, needs n events before it. */
function unrecorded({ received, rows }: History): string[] {
  const events = new Map<string, number[]>();
  for (const { entry } of rows) {
    const { code, grantId, occurredUs } = parseEntry(entry);
    if (code !== "reveal.opened" || grantId === undefined) continue;
    const ofGrant = events.get(grantId) ?? [];
    events.set(grantId, ofGrant);
    ofGrant.push(occurredUs / 1_000);
  }
  const counts = new Map<string, number>();
  const inOrder = received.toSorted((a, b) => a.atMs - b.atMs);
  return inOrder.flatMap(({ grantId, atMs }) => {
    const nth = (counts.get(grantId) ?? 0) + 1;
    counts.set(grantId, nth);
    const event = events.get(grantId)?.[nth - 1];
    if (event === undefined) return [`Value ${nth} of grant ${grantId} was received and has no event.`];
    return event > atMs + CLOCKS_MS
      ? [`Value ${nth} of grant ${grantId} was received before its event.`]
      : [];
  });
}

function alarms(rows: History["rows"]): string[] {
  return rows
    .filter(({ entry }) => parseEntry(entry).code === "audit.check_failed")
    .map(({ seq, entry }) => `Event ${seq} is an alarm: ${JSON.stringify(parseEntry(entry).details)}.`);
}
