import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const reviews = pgTable("reviews", {
  id: uuid("id").primaryKey().defaultRandom(),
  requestId: uuid("request_id").notNull(),
  requesterId: uuid("requester_id").notNull(),
  kind: text("kind").$type<"emergency" | "sample">().notNull(),
  reason: text("reason"),
  audience: text("audience").array().notNull(),
  skippedIds: uuid("skipped_ids").array().notNull(),
  openedAt: moment("opened_at").notNull(),
  dueAt: moment("due_at").notNull(),
  reviewerId: uuid("reviewer_id"),
  verdict: text("verdict").$type<"justified" | "not-justified">(),
  words: text("words"),
  reviewedAt: moment("reviewed_at"),
});
