import "server-only";
import { expect } from "vitest";
import type { EventCode } from "@/lib/audit/codes";
import { extend, leafHash, rootHash, type Frontier } from "@/lib/audit/merkle";
import type { Control } from "../control";

/** The audit log as it was followed so far: its tree is built again from the entries alone. */
export type FollowedLog = { tree: Frontier };

/** Follows a log that nothing was written to yet, or whose past is of no interest, from its head on. */
export async function followLog({ owner }: Control): Promise<FollowedLog> {
  const [head] = await owner<{ size: string; frontier: Buffer[] }[]>`SELECT size, frontier FROM audit_head`;
  return { tree: { size: Number(head!.size), roots: head!.frontier } };
}

/**
 * The codes that were written since the last look, in order. Fails where a number is missing, a leaf has another hash
 * than its entry, or the entries do not add up to the root of the head.
 */
export async function newCodes({ owner }: Control, log: FollowedLog): Promise<EventCode[]> {
  const rows = await owner<{ seq: string; code: EventCode; entry: string; leaf_hash: Buffer }[]>`
    SELECT seq, code, entry, leaf_hash FROM audit_events WHERE seq >= ${log.tree.size} ORDER BY seq`;
  for (const row of rows) {
    expect(Number(row.seq), "no number is missing").toBe(log.tree.size);
    const leaf = leafHash(row.entry);
    expect(leaf.equals(row.leaf_hash), "an entry has its hash").toBe(true);
    log.tree = extend(log.tree, leaf);
  }
  const { tree } = await followLog({ owner } as Control);
  expect(tree.size, "the head counts every event").toBe(log.tree.size);
  expect(rootHash(tree).equals(rootHash(log.tree)), "the events add up to the root").toBe(true);
  return rows.map(({ code }) => code);
}
