import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { grants } from "@/lib/db/schema/requests";

/** How often a grant has been viewed, as the log says; counted only where that is limited. */
export const viewsSpent: SQL<number> = sql<number>`CASE WHEN ${grants.maxViews} IS NULL THEN 0 ELSE (
  SELECT count(*)::int FROM audit_events e
  WHERE e.request_id = ${grants.requestId} AND e.grant_id = ${grants.id} AND e.code = 'reveal.opened') END`;
