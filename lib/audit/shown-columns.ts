import type { AuditEntry } from "@/lib/audit/entry";

/** The columns of an event beside its entry: what the log is shown, filtered and exported by. */
export type ShownColumns = {
  seq: number;
  code: string;
  outcome: string;
  occurredAt: Date;
  actorId: string | null;
  sourceId: string | null;
  tableId: string | null;
  requestId: string | null;
  grantId: string | null;
};

/** An id as columns show it: older entries may have one in capitals, which is the same id. */
const plain = (id: string | null | undefined) => id?.toLowerCase() ?? null;

/** The name of the first column that does not say what the hashed entry says; null when all of them do. */
export function columnThatDiffers(shown: ShownColumns, entry: AuditEntry): string | null {
  const pairs: [name: string, column: unknown, said: unknown][] = [
    ["seq", shown.seq, entry.seq],
    ["code", shown.code, entry.code],
    ["outcome", shown.outcome, entry.outcome],
    ["occurred_at", shown.occurredAt.getTime(), Math.floor(entry.occurredUs / 1000)],
    ["actor_id", shown.actorId, plain(entry.actor.id)],
    ["source_id", shown.sourceId, plain(entry.resource?.sourceId)],
    ["table_id", shown.tableId, plain(entry.resource?.tableId)],
    ["request_id", shown.requestId, plain(entry.requestId)],
    ["grant_id", shown.grantId, plain(entry.grantId)],
  ];
  return pairs.find(([, column, said]) => column !== said)?.[0] ?? null;
}
