import "server-only";
import { isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";
import { auditForwarding } from "@/lib/db/schema/forwarding";
import type { DestinationKind } from "@/lib/forwarding/forward-settings";
import type { ForwardView } from "@/lib/forwarding/view";

export const destinationNames: Readonly<Record<DestinationKind, string>> = {
  https: "HTTPS endpoint",
  syslog: "Syslog over TLS",
  folder: "Folder of daily files",
};

/** More than so long behind is an alarm. */
const alarmMs = 3_600_000;

const { destination, place, acknowledgedAt, trouble, failingSince, removedAt, told, next } = auditForwarding;

/** How one destination stands, as any instance sees it. */
export type ForwardState = {
  destination: DestinationKind;
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
    name: destinationNames[state.destination],
    place: state.place,
    behind: state.behind,
    waitingSince: state.waitingSince?.toISOString() ?? null,
    acknowledgedAt: state.acknowledgedAt?.toISOString() ?? null,
    trouble: state.trouble,
    failingSince: state.failingSince?.toISOString() ?? null,
    alarm: isFarBehind(state),
  }));
}
