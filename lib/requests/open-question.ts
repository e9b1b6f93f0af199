import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** The name of whoever asked the oldest question about a request that is not answered; null when there is none. */
export function openQuestionBy(requestId: PgColumn): SQL<string | null> {
  return sql<string | null>`(SELECT p.name FROM comments q JOIN people p ON p.id = q.author_id
    WHERE q.request_id = ${requestId} AND q.kind = 'question'
      AND NOT EXISTS (SELECT FROM comments a WHERE a.answers_id = q.id)
    ORDER BY q.said_at, q.id LIMIT 1)`;
}
