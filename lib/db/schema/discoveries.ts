import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const discoveries = pgTable("discoveries", {
  id: uuid("id").primaryKey().defaultRandom(),
  sourceId: uuid("source_id").notNull(),
  why: text("why").$type<"added" | "moved" | "asked" | "scheduled" | "drift">().notNull(),
  look: text("look").$type<"all" | "changed">().notNull(),
  state: text("state").$type<"waiting" | "asking" | "done" | "cancelled" | "failed">().notNull(),
  /** Whose values are asked for, by `tableKey`. */
  tables: text("tables").array().notNull().default([]),
  startedBy: uuid("started_by"),
  failure: text("failure"),
  createdAt: moment("created_at").notNull().defaultNow(),
  endedAt: moment("ended_at"),
});
