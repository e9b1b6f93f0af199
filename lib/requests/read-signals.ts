import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { CatalogTable } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { localTime, type RequestSignals } from "@/lib/policies/signals";
import type { Bounds, RequestedField } from "@/lib/requests/request";

/** What is asked for, as the catalogue has it. */
export type AskedNow = Bounds & {
  fields: readonly RequestedField[];
  records: readonly string[];
  viewSeconds: number;
  purpose: string;
  ticket: string | null;
  cohort: string | null;
  /** Whether it is to open at once, before anybody decides. */
  breakGlass?: boolean;
  /** Of a request for more time: whether the policy had granted the first one at once. */
  extension?: { automatic: boolean };
};

/** What a policy may know of a request at this moment, by the database clock; what cannot be found out is null. */
export async function readSignals(
  db: ReadDatabase,
  ctx: Context,
  table: CatalogTable,
  asked: AskedNow,
): Promise<RequestSignals> {
  const person = await readPerson(db, ctx, table.id, asked.notBefore);
  return {
    purpose: asked.purpose,
    ticket: asked.ticket !== null,
    records: asked.records.length,
    allMatching: asked.cohort !== null,
    viewSeconds: asked.viewSeconds,
    breakGlass: asked.breakGlass ?? false,
    channel: ctx.channel,
    ...(asked.extension ? { extension: asked.extension } : {}),
    fields: asked.fields.map(({ columnId, column, classId, sensitivity, level }) => {
      const own = table.columns.find((one) => one.id === columnId)?.ownClass;
      return {
        ...{ name: column, class: classId, sensitivity, level },
        ...(own ? { own: true, group: own.group } : {}),
      };
    }),
    table: { source: table.source.slug, schema: table.schema, name: table.name },
    ...person,
  };
}

async function readPerson(db: ReadDatabase, ctx: Context, tableId: string, notBefore: Date | null) {
  const me = ctx.actor.personId;
  const [row] = await db
    .select({
      timeZone: people.timeZone,
      now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
      roles: sql<string[]>`ARRAY(SELECT role FROM person_roles WHERE person_id = ${me} ORDER BY role)`,
      groups: sql<string[]>`ARRAY(SELECT g.slug FROM groups g JOIN group_members m ON m.group_id = g.id
        WHERE m.person_id = ${me} ORDER BY g.slug)`,
      firstOnTable: sql<boolean>`NOT EXISTS (SELECT FROM grants WHERE holder_id = ${me} AND table_id = ${tableId}
        AND activated_at IS NOT NULL)`,
      // A session without the name of a browser says nothing: missing.
      newDevice: sql<
        boolean | null
      >`(SELECT NOT EXISTS (SELECT FROM sessions o WHERE o.person_id = ${me} AND o.id <> s.id
          AND o.user_agent = s.user_agent AND o.created_at < s.created_at)
        FROM sessions s WHERE s.id = ${ctx.sessionId} AND s.user_agent IS NOT NULL)`,
      // What they may open counts as opened: else many small requests at once would have no budget.
      subjectsSeen: sql<number>`(SELECT count(DISTINCT (g.table_id, r.record))::int FROM grants g,
        unnest(g.records) AS r (record)
        WHERE g.holder_id = ${me} AND (g.activated_at > clock_timestamp() - interval '7 days'
          OR g.state = 'ready' AND g.activate_by > clock_timestamp()))`,
      denials: sql<number>`(SELECT count(*)::int FROM requests WHERE requester_id = ${me} AND state = 'denied'
        AND created_at > clock_timestamp() - interval '30 days')`,
      signedInMinutes: sql<
        number | null
      >`(SELECT floor(extract(epoch FROM clock_timestamp() - proved_at) / 60)::int
        FROM sessions WHERE id = ${ctx.sessionId} AND person_id = ${me})`,
    })
    .from(people)
    .where(eq(people.id, me));
  if (!row) throw new Error("Nobody is there.");
  const { timeZone, now, roles, groups, ...signals } = row;
  // The hour that counts is the one from which it can be opened, not the one in which it was arranged.
  return { requester: { roles, groups }, ...signals, ...localTime(notBefore ?? now, timeZone) };
}
