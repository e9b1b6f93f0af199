import "server-only";
import { eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ReadDatabase } from "@/lib/db/control-database";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { grants, requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import type { Narrowing } from "@/lib/grants/narrowing";
import { viewsSpent } from "@/lib/grants/count-views";
import type { LinkedRequest } from "@/lib/requests/view";
import type { StepVote } from "@/lib/policies/standing";

/** A vote as it is stored, with the name of whoever gave it, and for whom. */
export type StoredVote = StepVote & {
  verdict: "approve" | "narrow" | "deny";
  words: string | null;
  narrowed: Narrowing | null;
  decidedAt: string;
};

/** A request with its votes and its grant, as stored; the caller decides who may see it. */
export type FoundRequest = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

/** The request that the condition names, with the database clock of this reading. Checks no permission. */
export async function findRequest(db: ReadDatabase, which: SQL) {
  const requester = alias(people, "requester");
  const [row] = await db
    .select({
      request: requests,
      requester: { id: requester.id, name: requester.name },
      source: { id: sources.id, name: sources.name, slug: sources.slug },
      table: { schema: catalogTables.schema, name: catalogTables.name },
      grant: grants,
      review: reviews,
      /** The titles of classes of the stewards' own, retired ones too: what was asked for keeps its name. */
      ownTitles: sql<Record<string, string>>`(
        SELECT coalesce(jsonb_object_agg(k.id, k.title), '{}') FROM own_classes k
        WHERE k.id IN (SELECT f ->> 'classId' FROM jsonb_array_elements(${requests.fields}) f))`,
      now: sql<Date>`clock_timestamp()`.mapWith(requests.expiresAt),
      votes: sql<StoredVote[]>`(
        SELECT coalesce(jsonb_agg(jsonb_build_object('approverId', d.approver_id,
          'by', concat_ws(' for ', p.name, f.name), 'verdict', d.verdict, 'words', d.words, 'narrowed', d.narrowed,
          'step', d.step, 'fellBack', d.fell_back, 'decidedAt', d.decided_at, 'forId', d.for_id,
          'delegationId', d.delegation_id) ORDER BY d.decided_at, d.id), '[]')
        FROM decisions d JOIN people p ON p.id = d.approver_id LEFT JOIN people f ON f.id = d.for_id
        WHERE d.request_id = ${requests.id})`,
      /** The steps that have waited for their time. */
      escalated: sql<number[]>`ARRAY(SELECT e.step FROM escalations e WHERE e.request_id = ${requests.id})`,
      /** The spent views of its grant. */
      viewsSpent,
      /** The first request of an extension, and the extension of a first one. */
      parent: linked(sql`p.id = ${requests.parentId}`),
      extension: linked(sql`p.parent_id = ${requests.id}`),
      eligible: sql<{ id: string; name: string }[]>`(
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name), '[]')
        FROM people p WHERE p.id = ANY (${requests.eligibleIds}))`,
    })
    .from(requests)
    .innerJoin(requester, eq(requester.id, requests.requesterId))
    .innerJoin(sources, eq(sources.id, requests.sourceId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .leftJoin(grants, eq(grants.requestId, requests.id))
    .leftJoin(reviews, eq(reviews.requestId, requests.id))
    .where(which)
    .limit(1);
  return row ?? null;
}

const linked = (which: SQL) => sql<LinkedRequest | null>`(
  SELECT jsonb_build_object('number', p.number,
    'state', CASE WHEN p.state = 'pending' AND p.expires_at <= clock_timestamp() THEN 'expired' ELSE p.state END,
    'grant', CASE
      WHEN g.state = 'active' AND g.ends_at <= clock_timestamp() THEN 'ended'
      WHEN g.state = 'active' AND g.not_before > clock_timestamp() THEN 'ready'
      WHEN g.state = 'ready' AND g.activate_by <= clock_timestamp() THEN 'lapsed'
      ELSE g.state END)
  FROM requests p LEFT JOIN grants g ON g.request_id = p.id WHERE ${which})`;
