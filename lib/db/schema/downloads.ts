import { bigint, doublePrecision, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { BrokenWhy, CancelledWhy, DownloadFormat, DownloadState } from "@/lib/downloads/view";
import type { Permission } from "@/lib/auth/permissions";
import { moment } from "@/lib/db/schema/people";

const amount = (name: string) => bigint(name, { mode: "number" });

export const downloads = pgTable(
  "downloads",
  {
    personId: uuid("person_id").notNull(),
    place: integer("place").notNull(),
    id: uuid("id").notNull(),
    sessionId: uuid("session_id"),
    permission: text("permission").$type<Permission>().notNull(),
    sourceId: uuid("source_id"),
    title: text("title").notNull(),
    format: text("format").$type<DownloadFormat>().notNull(),
    state: text("state").$type<DownloadState>().notNull(),
    why: text("why").$type<BrokenWhy | CancelledWhy>(),
    rows: amount("rows").notNull().default(0),
    bytes: amount("bytes").notNull().default(0),
    total: amount("total"),
    /** From 0 to 1. */
    share: doublePrecision("share"),
    startedAt: moment("started_at").notNull().defaultNow(),
    beatAt: moment("beat_at").notNull().defaultNow(),
    cancelAskedAt: moment("cancel_asked_at"),
    endedAt: moment("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.personId, table.place] })],
);
