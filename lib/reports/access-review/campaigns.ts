import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { accessWords, type AccessPart, type ItemState } from "@/lib/campaigns/access";
import { givenSince } from "@/lib/campaigns/read-campaign";
import { inOne, type Reading } from "@/lib/reports/access-review/reading";
import { BATCH, batches } from "@/lib/reports/batches";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";

const iso = (moment: string) =>
  sql<string | null>`to_char(${sql.raw(moment)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Those that were open at any moment of the span. */
function inSpan({ span, asOf }: Reading): SQL {
  const { from, before } = spanBounds(span);
  return sql`c.started_at < ${before}::timestamptz AND c.started_at <= ${asOf.at.toISOString()}::timestamptz
    AND coalesce(c.ended_at, 'infinity') >= ${from}::timestamptz`;
}

/** The campaigns that were open in the span. */
export function campaignTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "campaigns",
    title: "Campaigns",
    columns: [
      { id: "campaign", title: "Campaign", kind: "text", weight: 1.6 },
      { id: "started_at", title: "Started", kind: "instant" },
      { id: "started_by", title: "By", kind: "text" },
      { id: "due_at", title: "Until", kind: "instant" },
      { id: "ended_at", title: "Ended", kind: "instant" },
      { id: "people", title: "People", kind: "number", weight: 0.6 },
      { id: "confirmed", title: "Confirmed", kind: "number", weight: 0.6 },
      { id: "removed", title: "Removed", kind: "number", weight: 0.6 },
      { id: "lapsed", title: "Removed at the end", kind: "number", weight: 0.7 },
      { id: "undecided", title: "Not decided", kind: "number", weight: 0.6 },
    ],
    empty: "There was no campaign in this time.",
    rows: () => inOne(readCampaigns(reading)),
  };
}

async function readCampaigns(reading: Reading): Promise<Row[]> {
  const inState = (state: ItemState) => sql<number>`(count(*) FILTER (WHERE i.state = ${state}))::int`;
  const rows = await reading.ctx.db
    .select({
      name: sql<string>`c.name`,
      startedAt: iso("c.started_at"),
      by: sql<string>`p.name`,
      dueAt: iso("c.due_at"),
      endedAt: iso("c.ended_at"),
      people: sql<number>`count(*)::int`,
      confirmed: inState("confirmed"),
      removed: inState("removed"),
      lapsed: inState("lapsed"),
      open: inState("open"),
    })
    .from(
      sql`access_campaigns c JOIN people p ON p.id = c.started_by LEFT JOIN access_items i ON i.campaign_id = c.id`,
    )
    .where(inSpan(reading))
    .groupBy(sql`c.id, p.name`)
    .orderBy(sql`c.started_at DESC, c.id`)
    .limit(1_000);
  return rows.map((one): Row => [
    ...[one.name, one.startedAt, one.by, one.dueAt, one.endedAt, one.people],
    ...[one.confirmed, one.removed, one.lapsed, one.open],
  ]);
}

/** Who confirmed or removed whose access, and when: a line for each person of each campaign. */
export function confirmationTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "confirmations",
    title: "Who confirmed what",
    columns: [
      { id: "campaign", title: "Campaign", kind: "text" },
      { id: "person", title: "Person", kind: "text" },
      { id: "state", title: "State", kind: "text" },
      { id: "decided_by", title: "By", kind: "text" },
      { id: "decided_at", title: "When", kind: "instant" },
      { id: "kept", title: "Confirmed", kind: "text", weight: 1.2 },
      { id: "removed", title: "Removed", kind: "text", weight: 1.2 },
      { id: "given_since", title: "Given since", kind: "text" },
      { id: "words", title: "Words", kind: "text", weight: 1.6 },
    ],
    empty: "Nobody’s access was to be confirmed in this time.",
    rows: () => confirmationRows(reading),
  };
}

type Found = {
  id: string;
  startedAt: string;
  campaign: string;
  person: string;
  state: ItemState;
  decidedBy: string | null;
  decidedAs: "manager" | "admin" | null;
  decidedAt: string | null;
  isLate: boolean;
  kept: AccessPart[] | null;
  removed: AccessPart[] | null;
  held: AccessPart[];
  words: string | null;
};

async function* confirmationRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const read = (after: Pick<Found, "startedAt" | "id"> | null) =>
    reading.ctx.db
      .select({
        id: sql<string>`i.id`,
        startedAt: sql<string>`to_char(c.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
        campaign: sql<string>`c.name`,
        person: sql<string>`p.name`,
        state: sql<ItemState>`i.state`,
        decidedBy: sql<string | null>`d.name`,
        decidedAs: sql<Found["decidedAs"]>`i.decided_as`,
        decidedAt: iso("i.decided_at"),
        isLate: sql<boolean>`coalesce(i.decided_at, ${reading.asOf.at.toISOString()}::timestamptz) > c.due_at`,
        kept: sql<AccessPart[] | null>`i.kept`,
        removed: sql<AccessPart[] | null>`i.removed`,
        held: sql<AccessPart[]>`access_of(p.id)`,
        words: sql<string | null>`i.words`,
      })
      .from(
        sql`access_items i JOIN access_campaigns c ON c.id = i.campaign_id JOIN people p ON p.id = i.person_id
          LEFT JOIN people d ON d.id = i.decided_by`,
      )
      .where(
        after === null
          ? inSpan(reading)
          : sql`${inSpan(reading)} AND (c.started_at, i.id) < (${after.startedAt}::timestamptz, ${after.id}::uuid)`,
      )
      .orderBy(sql`c.started_at DESC, i.id DESC`)
      .limit(BATCH);
  const place = ({ startedAt, id }: Found) => ({ startedAt, id });
  for await (const found of batches<Found, ReturnType<typeof place>>(read, place))
    yield found.map(confirmationRow);
}

function confirmationRow(one: Found): Row {
  const late = one.isLate && (one.state === "open" || one.decidedBy !== null) ? ", late" : "";
  const decidedAt = one.decidedAt === null ? null : new Date(one.decidedAt);
  return [
    one.campaign,
    one.person,
    `${stateWords[one.state]}${late}`,
    one.decidedBy && one.decidedAs === "admin" ? `${one.decidedBy}, as an admin` : one.decidedBy,
    one.decidedAt,
    one.kept && accessWords(one.kept),
    one.removed && accessWords(one.removed),
    givenSince(one.held, decidedAt),
    one.words,
  ];
}

const stateWords: Record<ItemState, string> = {
  open: "Not decided",
  confirmed: "Confirmed",
  removed: "Removed",
  lapsed: "Removed at the end",
  left: "Left before",
};
