import "server-only";
import { isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";
import { auditForwarding, type DestinationId } from "@/lib/db/schema/forwarding";
import type { ForwardView } from "@/lib/forwarding/view";

const kindNames: Readonly<Record<string, string>> = {
  https: "HTTPS endpoint",
  syslog: "Syslog over TLS",
  folder: "Folder of daily files",
};

/** "HTTPS endpoint", "HTTPS endpoint “soc”". */
function nameOf(id: DestinationId): string {
  const [kind = "", name] = id.split(":");
  return `${kindNames[kind] ?? kind}${name === undefined ? "" : ` “${name}”`}`;
}

/** More than so long behind is an alarm. */
const alarmMs = 3_600_000;

const { destination, place, acknowledgedAt, trouble, failingSince, removedAt, told, next } = auditForwarding;

/** How one destination stands, as any instance sees it. */
export type ForwardState = {
  destination: DestinationId;
  place: string;
  behind: number;
  waitingSince: Date | null;
  waitingMs: number;
  acknowledgedAt: Date | null;
  trouble: string | null;
  failingSince: Date | null;
  failingMs: number;
  told: "failed" | "behind" | null;
};

/** How every destination stands that is in the settings. */
export async function readForwardStates(db: ReadDatabase): Promise<ForwardState[]> {
  const oldest = sql<Date | null>`(SELECT ${auditEvents.occurredAt} FROM ${auditEvents}
    WHERE ${auditEvents.seq} >= ${next} ORDER BY ${auditEvents.seq} LIMIT 1)`.mapWith(
    auditForwarding.failingSince,
  );
  const since = (moment: typeof oldest | typeof failingSince) =>
    sql<number>`coalesce(extract(epoch FROM clock_timestamp() - ${moment}) * 1000, 0)::float8`;
  return db
    .select({
      destination,
      place,
      behind: sql<number>`((SELECT ${auditHead.size} FROM ${auditHead}) - ${next})::float8`,
      waitingSince: oldest,
      waitingMs: since(oldest),
      acknowledgedAt,
      trouble,
      failingSince,
      failingMs: since(failingSince),
      told,
    })
    .from(auditForwarding)
    .where(isNull(removedAt))
    .orderBy(destination);
}

export const isFarBehind = ({ waitingMs }: ForwardState): boolean => waitingMs > alarmMs;

/** How the destinations stand, for those who answer for the log. */
export async function readForwarding(ctx: Context): Promise<ForwardView[]> {
  requirePermission(ctx, "audit");
  const states = await readForwardStates(ctx.db);
  return states.map((state) => ({
    name: nameOf(state.destination),
    place: state.place,
    behind: state.behind,
    waitingSince: state.waitingSince?.toISOString() ?? null,
    acknowledgedAt: state.acknowledgedAt?.toISOString() ?? null,
    trouble: state.trouble,
    failingSince: state.failingSince?.toISOString() ?? null,
    alarm: isFarBehind(state),
  }));
}

/** The destinations that are more than an hour behind, by name, for those who answer for the log; none for all others. */
export async function readForwardAlarm({ db, actor: { roles } }: Context): Promise<string[]> {
  if (!rolesAllow(roles, "audit") && !rolesAllow(roles, "people")) return [];
  const states = await readForwardStates(db);
  return states.filter(isFarBehind).map(({ destination: id }) => nameOf(id));
}
