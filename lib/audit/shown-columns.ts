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

/** The name of the first column that does not say what the hashed entry says; null when all of them do. */
export function columnThatDiffers(shown: ShownColumns, entry: AuditEntry): string | null {
  const pairs: [name: string, column: unknown, said: unknown][] = [
    ["seq", shown.seq, entry.seq],
    ["code", shown.code, entry.code],
    ["outcome", shown.outcome, entry.outcome],
    ["occurred_at", shown.occurredAt.getTime(), Math.floor(entry.occurredUs / 1000)],
    ["actor_id", shown.actorId, entry.actor.id],
    ["source_id", shown.sourceId, entry.resource?.sourceId ?? null],
    ["table_id", shown.tableId, entry.resource?.tableId ?? null],
    ["request_id", shown.requestId, entry.requestId ?? null],
    ["grant_id", shown.grantId, entry.grantId ?? null],
  ];
  return pairs.find(([, column, said]) => column !== said)?.[0] ?? null;
}
