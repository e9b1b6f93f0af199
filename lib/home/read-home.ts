import "server-only";
import { count, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { and, notInArray } from "drizzle-orm";
import { countOpenCases } from "@/lib/anomalies/list-cases";
import { listInbox } from "@/lib/approvals/list-inbox";
import { countReviewsOfOthers, listOpenReviews } from "@/lib/approvals/list-reviews";
import { namedEntries } from "@/lib/audit/named-entries";
import { sentence } from "@/lib/audit/sentence";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import { readLapse } from "@/lib/campaigns/find-lapsing";
import { countToConfirm } from "@/lib/campaigns/list-to-confirm";
import { listRecentTables } from "@/lib/browse/list-recent-tables";
import { readDrift } from "@/lib/catalog/read-drift";
import { auditEvents } from "@/lib/db/schema/audit";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import type { HomeEvent, HomeGrant, HomeQuestion, HomeRequest, HomeView } from "@/lib/home/view";
import { readPasswordReset } from "@/lib/people/password-reset";
import { listEscalated } from "@/lib/requests/list-escalated";
import { listMyRequests } from "@/lib/requests/list-my-requests";
import { readLive } from "@/lib/reveals/read-live";

const FEW = 5;
const MOST_QUESTIONS = 10;

/** What waits for this person, what is open and what they did last, each part only for those who may see it. */
export async function readHome(ctx: Context): Promise<HomeView> {
  requirePermission(ctx, "home");
  const ifMay = <T>(permission: Permission, read: () => Promise<T>): Promise<T | null> =>
    rolesAllow(ctx.actor.roles, permission) ? read() : Promise.resolve(null);
  const [
    inbox,
    told,
    reviews,
    othersReviews,
    toConfirm,
    lapse,
    asking,
    tables,
    catalogue,
    record,
    anomalies,
    persons,
    happened,
    passwordReset,
  ] = await Promise.all([
    ifMay("decide", () => readInbox(ctx)),
    listEscalated(ctx),
    listOpenReviews(ctx),
    countReviewsOfOthers(ctx),
    countToConfirm(ctx.db, { personId: ctx.actor.personId, roles: ctx.actor.roles }),
    readLapse(ctx.db, ctx.actor.personId),
    ifMay("request", () => readAsking(ctx)),
    ifMay("browse", () => listRecentTables(ctx)),
    ifMay("catalog", () => countColumns(ctx)),
    ifMay("audit", () => countEvents(ctx)),
    ifMay("audit", () => countOpenCases(ctx)),
    ifMay("people", () => countPeople(ctx)),
    readOwnEvents(ctx),
    readPasswordReset(ctx),
  ]);
  const { events, now } = happened;
  return {
    now,
    inbox,
    told: told.map((line) => ({
      ...{ href: `/requests/${line.number}`, title: `Request ${line.number} of ${line.requester}` },
      ...{ detail: inWords(line), state: "pending", at: line.toldAt, msLeft: line.msLeft },
    })),
    reviews,
    othersReviews,
    toConfirm,
    lapse,
    asking,
    tables,
    catalogue,
    record,
    anomalies,
    people: persons,
    happened: events,
    passwordReset,
  };
}

async function readInbox(ctx: Context): Promise<HomeView["inbox"]> {
  const { lines, count: waiting } = await listInbox(ctx, {});
  return {
    count: waiting,
    lines: lines.slice(0, FEW).map((line) => ({
      href: `/inbox?request=${line.number}`,
      title: line.standsInFor === null ? line.requester : `${line.requester}, for ${line.standsInFor}`,
      detail: inWords(line),
      state: line.pressing ?? "pending",
      at: line.createdAt,
      msLeft: line.expiresInMs,
    })),
  };
}

async function readAsking(ctx: Context): Promise<HomeView["asking"]> {
  const [{ lines }, { lines: waiting }, { grants }] = await Promise.all([
    listMyRequests(ctx, {}),
    listMyRequests(ctx, { state: "pending" }),
    readLive(ctx),
  ]);
  const questions = waiting.flatMap((line): HomeQuestion[] =>
    line.questionBy === null
      ? []
      : [
          {
            href: `/requests/${line.number}#thread`,
            title: `${line.questionBy} asked you a question`,
            detail: `Request ${line.number}: ${inWords(line)}`,
            msLeft: line.expiresInMs,
          },
        ],
  );
  const requests = lines.slice(0, FEW).map((line): HomeRequest => ({
    href: `/requests/${line.number}`,
    title: `Request ${line.number}`,
    detail: inWords(line),
    state: line.grant?.state ?? line.state,
    at: line.createdAt,
    msLeft: line.expiresInMs,
  }));
  const live = grants.filter(({ state }) => state === "ready" || state === "active");
  return { questions: questions.slice(0, MOST_QUESTIONS), requests, grants: live.map(asGrant) };
}

function asGrant(grant: Awaited<ReturnType<typeof readLive>>["grants"][number]): HomeGrant {
  const { fieldCount, recordCount, tableLabel, requestNumber, state, msLeft } = grant;
  const title = `${counted(fieldCount, "field")} of ${counted(recordCount, "record")} in ${tableLabel}`;
  return { href: `/requests/${requestNumber}`, title, isOpen: state === "active", msLeft };
}

async function countColumns(ctx: Context): Promise<HomeView["catalogue"]> {
  const inState = (state: string) =>
    sql<number>`count(*) FILTER (WHERE ${catalogColumns.state} = ${state})`.mapWith(Number);
  const [[columns], [known], drift] = await Promise.all([
    ctx.db
      .select({ unreviewed: inState("unconfirmed"), suspended: inState("suspended"), columns: count() })
      .from(catalogColumns)
      .innerJoin(
        catalogTables,
        and(eq(catalogTables.id, catalogColumns.tableId), isNull(catalogTables.goneAt)),
      )
      .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
      .where(isNull(catalogColumns.goneAt)),
    ctx.db.select({ sources: count() }).from(sources).where(isNull(sources.removedAt)),
    readDrift(ctx),
  ]);
  return {
    ...{ unreviewed: 0, suspended: 0, columns: 0, ...columns },
    sources: known?.sources ?? 0,
    drift: drift.map(({ name, slug, words, since }) => ({
      ...{ source: name, href: `/catalog/${slug}`, words, since },
    })),
  };
}

/** Numbers alone: reading the log itself is an event, which a look at home should not be. */
async function countEvents(ctx: Context): Promise<HomeView["record"]> {
  const [row] = await ctx.db
    .select({
      events: count(),
      refused: sql<number>`count(*) FILTER (WHERE ${auditEvents.outcome} <> 'success')`.mapWith(Number),
    })
    .from(auditEvents)
    .where(gt(auditEvents.occurredAt, sql`clock_timestamp() - interval '24 hours'`));
  return row ?? { events: 0, refused: 0 };
}

async function countPeople(ctx: Context): Promise<HomeView["people"]> {
  const rows = await ctx.db.select({ state: people.state, n: count() }).from(people).groupBy(people.state);
  const inState = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
  return { active: inState("active"), invited: inState("invited"), disabled: inState("disabled") };
}

// What one does all day is no news: opening tables, signing in.
const everyday = [
  "auth.signed_in",
  "auth.signed_out",
  "browse.table_opened",
  "audit.read",
  "access.refused",
] as const;

/** The latest deeds of this person; their own past is nothing that the log has to protect from them. */
async function readOwnEvents(ctx: Context): Promise<{ events: HomeEvent[]; now: string }> {
  const [rows, [clock]] = await Promise.all([
    ctx.db
      .select({ entry: auditEvents.entry })
      .from(auditEvents)
      .where(and(eq(auditEvents.actorId, ctx.actor.personId), notInArray(auditEvents.code, [...everyday])))
      .orderBy(desc(auditEvents.seq))
      .limit(FEW + 3),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
      .from(people)
      .where(inArray(people.id, [ctx.actor.personId])),
  ]);
  const entries = await namedEntries(
    ctx.db,
    rows.map(({ entry }) => entry),
  );
  const events = entries.map((entry) => ({
    seq: entry.seq,
    sentence: sentence(entry),
    at: new Date(entry.occurredUs / 1000).toISOString(),
  }));
  return { events, now: (clock?.now ?? new Date(0)).toISOString() };
}

function inWords(line: { fields: readonly string[]; recordCount: number; tableLabel: string }): string {
  const fields = line.fields.length > 3 ? counted(line.fields.length, "field") : line.fields.join(", ");
  return `${fields} of ${counted(line.recordCount, "record")} in ${line.tableLabel}`;
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;
}
