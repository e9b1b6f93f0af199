import "server-only";
import { sql } from "drizzle-orm";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { WriteTransaction } from "@/lib/db/control-database";
import { among } from "@/lib/grants/which-access";
import { Refusal } from "@/lib/refusal";

/** An erasure, the references of its records, and the ids of who has a seat in it: who asks, who confirms. */
type Seats = { erasureId: string; refs: readonly SubjectRef[]; people: readonly string[] };

/**
 * Refuses an erasure in which a seat is filled by somebody who asked for, opened or decided access to one of its records,
 * and any while such an access waits to be judged: a review that is due, or the case of a day, that of the day before or
 * after as well, since by which zone days are counted is that person's to choose. By the log, as far as its entries are
 * there.
 */
export async function refuseInvolved(
  tx: WriteTransaction,
  { erasureId, refs, people }: Seats,
): Promise<void> {
  const ids = sql`${`{${people.join(",")}}`}::text[]`;
  const [row] = await tx.execute<{ involved: boolean; unjudged: boolean }>(sql`
    WITH named AS MATERIALIZED (
      SELECT DISTINCT e.code, e.actor_id, e.occurred_at, e.entry
      FROM unnest(${`{${refs.join(",")}}`}::text[]) AS k (ref)
        JOIN audit_subjects s ON s.head = subject_head(k.ref)
        JOIN audit_events e ON e.seq = s.seq AND strpos(e.entry, k.ref) > 0
      WHERE e.code ~ '^(request|emergency|review|decision|grant|reveal|field_check|lookup|comment)\\.'
    )
    SELECT EXISTS (
        SELECT FROM named n WHERE n.actor_id::text = ANY (${ids}) OR n.entry::jsonb #>> '{subject,id}' = ANY (${ids})
          OR n.code ~ '^(grant|reveal)\\.' AND EXISTS (
            SELECT FROM jsonb_array_elements(n.entry::jsonb -> 'approvers') a WHERE a ->> 'id' = ANY (${ids}))
      ) AS involved,
      EXISTS (
        SELECT FROM reviews v JOIN requests r ON r.id = v.request_id
        WHERE v.reviewed_at IS NULL AND ${among({ erasureId }, "r")}
      ) OR EXISTS (
        SELECT FROM named n JOIN anomaly_cases c ON c.person_id = n.actor_id AND c.state = 'open'
          AND abs(c.day - (n.occurred_at AT TIME ZONE 'UTC')::date) <= 1
      ) AS unjudged`);
  if (row?.involved !== false) throw new Refusal("erasure-of-own-access");
  if (row.unjudged) throw new Refusal("erasure-unjudged");
}
