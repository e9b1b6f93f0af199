import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";

export const comments = pgTable("comments", {
  id: uuid("id").primaryKey().defaultRandom(),
  requestId: uuid("request_id").notNull(),
  requesterId: uuid("requester_id").notNull(),
  authorId: uuid("author_id").notNull(),
  kind: text("kind").$type<"comment" | "question" | "answer">().notNull(),
  answersId: uuid("answers_id"),
  words: text("words").notNull(),
  salt: bytea("salt").notNull(),
  saidAt: moment("said_at").notNull(),
});
