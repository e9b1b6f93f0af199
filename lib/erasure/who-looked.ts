import "server-only";
import { sql } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";

/** Somebody, and how many times they opened or copied values of some records, or compared one, by the log. */
export type Looked = { name: string; times: number };

/** Who had looked at the records of erasures that wait, those first who did most. */
export async function whoLooked(db: ReadDatabase, ids: readonly string[]): Promise<Map<string, Looked[]>> {
  const looked = new Map<string, Looked[]>();
  if (ids.length === 0) return looked;
  const its = sql`(
    SELECT x.erasure_id AS id, p.name, count(DISTINCT e.seq)::int AS times
    FROM erasure_records x
      JOIN subject_keys k ON k.table_id = x.table_id AND k.handle_hash = sha256(x.handle::bytea)
      JOIN audit_subjects s ON s.head = subject_head(k.ref)
      JOIN audit_events e ON e.seq = s.seq AND strpos(e.entry, k.ref) > 0
        AND e.code IN ('reveal.opened', 'reveal.copied', 'field_check.answered')
      JOIN people p ON p.id = e.actor_id
    WHERE x.erasure_id = ANY (${`{${ids.join(",")}}`}::uuid[])
    GROUP BY x.erasure_id, p.id, p.name) AS its`;
  const rows = await db
    .select({ id: sql<string>`its.id`, name: sql<string>`its.name`, times: sql<number>`its.times` })
    .from(its)
    .orderBy(sql`its.times DESC, its.name`);
  for (const { id, name, times } of rows) looked.set(id, [...(looked.get(id) ?? []), { name, times }]);
  return looked;
}
