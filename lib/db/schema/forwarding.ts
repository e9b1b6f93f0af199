import { bigint, date, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";

/** A destination in the books: the kind alone, or with a name, as `https:soc`. */
export type DestinationId = DestinationKind | `${DestinationKind}:${string}`;
type DestinationKind = "https" | "syslog" | "folder";

/** How far each destination of the log has got. Written by lib/db/forward-books.ts, and with an event by settings. */
export const auditForwarding = pgTable("audit_forwarding", {
  destination: text("destination").$type<DestinationId>().primaryKey(),
  place: text("place").notNull(),
  fingerprint: bytea("fingerprint").notNull(),
  configuredAt: moment("configured_at").notNull().defaultNow(),
  removedAt: moment("removed_at"),
  next: bigint("next", { mode: "number" }).notNull().default(0),
  acknowledgedAt: moment("acknowledged_at"),
  segmentDay: date("segment_day", { mode: "string" }),
  segmentFrom: bigint("segment_from", { mode: "number" }),
  failingSince: moment("failing_since"),
  trouble: text("trouble"),
  told: text("told").$type<"failed" | "behind">(),
});
