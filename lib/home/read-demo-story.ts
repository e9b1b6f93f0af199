import "server-only";
import { and, asc, eq, exists, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { tablePath } from "@/lib/browse/addresses";
import { auditEvents } from "@/lib/db/schema/audit";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { decisions, grants, requests } from "@/lib/db/schema/requests";
import { env } from "@/lib/env";
import type { StoryStep } from "@/lib/home/view";
import { demoPeople, demoPersonId } from "@/lib/people/demo-people";

/** The steps of the demo's story, each with whether it has been played; null outside of the demo. */
export async function readDemoStory(ctx: Context): Promise<StoryStep[] | null> {
  requirePermission(ctx, "home");
  const [ana, max, ivy] = [demoPersonId("Ana"), demoPersonId("Max"), demoPersonId("Ivy")];
  if (!env().demo || !ana || !max || !ivy) return null;
  const [done, table] = await Promise.all([readDone(ctx, { ana, max, ivy }), findCustomers(ctx)]);
  const step = (personId: string, href: string, title: string, how: string, isDone: boolean): StoryStep => ({
    ...{ title, how, isDone, personId, href },
    person: nameOf(personId),
    isMine: personId === ctx.actor.id,
  });
  return [
    step(
      ana,
      table,
      "Ask",
      "As Ana, pick a record, choose masked fields and say why you need them.",
      done.asked,
    ),
    step(
      max,
      "/inbox",
      "Approve",
      "As Max, see what is asked, why and how risky it is. Approve it, or less of it.",
      done.decided,
    ),
    step(
      ana,
      "/requests",
      "Reveal",
      "As Ana, open the grant. The values are lit and the time runs.",
      done.revealed,
    ),
    step(
      ana,
      "/requests",
      "Watch it end",
      "Wait, or give it back. The veil falls and nothing opens any more.",
      done.ended,
    ),
    step(
      ivy,
      "/audit",
      "Verify",
      "As Ivy, read each step in the record and check that nobody changed it.",
      done.verified,
    ),
  ];
}

async function readDone(ctx: Context, who: { ana: string; max: string; ivy: string }) {
  const some = (
    from: typeof requests | typeof decisions | typeof grants | typeof auditEvents,
    where: SQL | undefined,
  ) =>
    sql<boolean>`${exists(
      ctx.db
        .select({ one: sql`1` })
        .from(from)
        .where(where),
    )}`;
  const hers = eq(grants.holderId, who.ana);
  const [row] = await ctx.db
    .select({
      asked: some(requests, eq(requests.requesterId, who.ana)),
      decided: some(decisions, and(eq(decisions.approverId, who.max), eq(decisions.requesterId, who.ana))),
      revealed: some(grants, and(hers, isNotNull(grants.activatedAt))),
      ended: some(
        grants,
        and(hers, sql`${grants.endsAt} < clock_timestamp() OR (${hers} AND ${grants.closedAt} IS NOT NULL)`),
      ),
      verified: some(auditEvents, and(eq(auditEvents.code, "audit.read"), eq(auditEvents.actorId, who.ivy))),
    })
    .from(people)
    .limit(1);
  return row ?? { asked: false, decided: false, revealed: false, ended: false, verified: false };
}

/** The table in which the story begins. */
async function findCustomers(ctx: Context): Promise<string> {
  const [table] = await ctx.db
    .select({ slug: sources.slug, schema: catalogTables.schema, name: catalogTables.name })
    .from(catalogTables)
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(and(eq(catalogTables.name, "customers"), isNull(catalogTables.goneAt)))
    .orderBy(asc(sources.createdAt))
    .limit(1);
  return table ? tablePath({ source: table, schema: table.schema, name: table.name }) : "/browse";
}

function nameOf(personId: string): string {
  return demoPeople.find(({ id }) => id === personId)?.name.split(" ")[0] ?? "";
}
