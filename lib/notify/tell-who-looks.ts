import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { readDatabase } from "@/lib/db/control-database";
import { concernedBy, lookChannel, type Concerned } from "@/lib/notify/look-again";

/** A message of PostgreSQL holds 8000 bytes, an id and its comma 37. */
const IDS_A_MESSAGE = 200;

/**
 * Tells the instances who should look again after a deed: ids of people, never what there is to see (law 6). It is sent
 * after the commit, because a NOTIFY inside would let one deed at a time commit. Nobody waits for it and nobody hears of
 * its failure: pages ask by themselves, only later.
 */
export function tellWhoLooks(events: readonly AuditEvent[], actorId: string | null): void {
  const concerned = concernedBy(events, actorId);
  if (concerned.people.length + concerned.requests.length === 0 && !concerned.deciders) return;
  void send(concerned).catch(() => undefined);
}

async function send({ people, requests, deciders }: Concerned): Promise<void> {
  await readDatabase()
    .select({ sent: sql`pg_notify(${lookChannel}, string_agg(id::text, ','))` })
    .from(
      sql`(
        SELECT id, (row_number() OVER ()) / ${IDS_A_MESSAGE}::integer AS part FROM (
          SELECT unnest(${idList(people)}::uuid[]) AS id
          UNION SELECT requester_id FROM requests WHERE id = ANY (${idList(requests)}::uuid[])
          UNION SELECT unnest(eligible_ids) FROM requests WHERE id = ANY (${idList(requests)}::uuid[])
          UNION SELECT approver_id FROM decisions WHERE request_id = ANY (${idList(requests)}::uuid[])
          UNION SELECT a.person_id FROM requests r JOIN person_roles a ON a.role = 'approver'
            WHERE r.id = ANY (${idList(requests)}::uuid[]) AND r.audience && seats_of(a.person_id)
          UNION SELECT l.substitute_id FROM requests r JOIN live_delegations l ON l.delegator_id <> r.requester_id
            WHERE r.id = ANY (${idList(requests)}::uuid[]) AND r.audience && seats_of(l.delegator_id)
          UNION SELECT unnest(told_ids) FROM escalations WHERE request_id = ANY (${idList(requests)}::uuid[])
          UNION SELECT person_id FROM person_roles WHERE ${deciders}::boolean AND role = 'approver'
        ) AS concerned
      ) AS parted`,
    )
    .groupBy(sql`part`);
}

const idList = (ids: readonly string[]) => `{${ids.join(",")}}`;
