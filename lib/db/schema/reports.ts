import { jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const reportSchedules = pgTable("report_schedules", {
  id: uuid("id").primaryKey().defaultRandom(),
  kind: text("kind").notNull(),
  params: jsonb("params").$type<Record<string, string>>().notNull(),
  every: text("every").$type<"week" | "month">().notNull(),
  ownerId: uuid("owner_id").notNull(),
  readerIds: uuid("reader_ids").array().notNull(),
  nextAt: moment("next_at").notNull(),
  madeAt: moment("made_at").notNull(),
  endedAt: moment("ended_at"),
  endedWhy: text("ended_why").$type<"stopped" | "owner-may-not">(),
});
