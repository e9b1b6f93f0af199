import "server-only";
import { and, asc, gte, lt } from "drizzle-orm";
import { leafHash, rootHash, type GrowingTree } from "@/lib/audit/merkle";
import { parseEntry } from "@/lib/audit/entry";
import type { Neighbours, PrunedAccount } from "@/lib/audit/pruned";
import {
  merged,
  readNeighbours,
  readPruned,
  readPrunedAccount,
  type PrunedRow,
} from "@/lib/audit/read-pruned";
import { columnThatDiffers } from "@/lib/audit/shown-columns";
import type { ReadDatabase } from "@/lib/db/control-database";
import { flushedWithIt } from "@/lib/db/flush";
import type { TileHash } from "@/lib/db/log-bookkeeping";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";

const BATCH = 2500;

const { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId } = auditEvents;
const checked = { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId };

/** What is wrong with the log. Null: no single event can be named. */
export type LogFault = { firstBad: number | null; why: string };

/**
 * The log as its head tells it, of which nothing can be lost any more. Events may be seen for a moment before they are
 * flushed, and a crash in that moment takes them back: whoever remembers, signs or sends them would then speak of a log
 * that is none.
 */
export async function readHead(db: ReadDatabase): Promise<{ size: number; root: Buffer } | null> {
  const { size, frontier } = auditHead;
  const [head] = await db.select({ size, frontier, flushed: flushedWithIt }).from(auditHead);
  return head ? { size: head.size, root: rootHash({ size: head.size, roots: head.frontier }) } : null;
}

/**
 * Reads the events from the size of the tree up to `until` and appends them to it: every entry must have the hash it was
 * given, the columns beside it must say what it says, numbers must have no gap; of one that was pruned, a later event must
 * say so by the rules of that time, what stands around it must be old enough, and its hash goes into the tree. Gives the roots of the tiles that became
 * full, or the first event that is bad.
 */
export async function checkEvents(
  db: ReadDatabase,
  tree: GrowingTree,
  until: number,
): Promise<LogFault | { tiles: TileHash[] }> {
  const tiles: TileHash[] = [];
  let account: PrunedAccount | null = null;
  while (tree.size < until) {
    const [from, to] = [tree.size, Math.min(tree.size + BATCH, until)];
    const events = await db
      .select({ ...checked, entry: auditEvents.entry, leafHash: auditEvents.leafHash })
      .from(auditEvents)
      .where(and(gte(auditEvents.seq, from), lt(auditEvents.seq, to)))
      .orderBy(asc(auditEvents.seq));
    const pruned = events.length < to - from ? await readPruned(db, { from, to, limit: BATCH }) : [];
    const rows = merged<CheckedRow>(events, pruned);
    const around = pruned.length > 0 ? await readNeighbours(db, rows) : new Map<number, Neighbours>();
    // What was pruned since the account was read is said by events that it does not have.
    if (around.size > 0 && (account === null || firstFault(account, around)))
      account = await readPrunedAccount(db);
    const bad = account && firstFault(account, around);
    if (rows.length === 0) return { firstBad: tree.size, why: "The event is missing." };
    for (const row of rows) {
      const why = "entry" in row ? faultOf(row, tree.size) : faultOfPruned(row, tree.size, bad);
      if (why !== null) return { firstBad: tree.size, why };
      tree.append(row.leafHash, (height, place, hash) => {
        if (height > 0 && height % 8 === 0) tiles.push({ level: height / 8, place, hash });
      });
    }
  }
  return { tiles };
}

type CheckedRow = Parameters<typeof columnThatDiffers>[0] & { entry: string; leafHash: Buffer };

type BadPruned = { seq: number; why: string };

/** The first of what was pruned that may not be gone. */
function firstFault(account: PrunedAccount, around: ReadonlyMap<number, Neighbours>): BadPruned | null {
  for (const [seq, beside] of [...around].toSorted(([a], [b]) => a - b)) {
    const why = account.faultOf(seq, beside);
    if (why !== null) return { seq, why };
  }
  return null;
}

function faultOfPruned({ seq }: PrunedRow, wanted: number, bad: BadPruned | null): string | null {
  if (seq !== wanted) return "The event is missing.";
  return bad?.seq === seq ? bad.why : null;
}

function faultOf(row: CheckedRow, wanted: number): string | null {
  if (row.seq !== wanted) return "The event is missing.";
  if (!leafHash(row.entry).equals(row.leafHash)) return "The event does not have the hash it was given.";
  const differs = columnThatDiffers(row, parseEntry(row.entry));
  return differs === null ? null : `Its column ${differs} does not say what its entry says.`;
}
