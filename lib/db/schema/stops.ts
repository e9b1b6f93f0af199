import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const stops = pgTable("stops", {
  id: uuid("id").primaryKey().defaultRandom(),
  scope: text("scope").$type<"person" | "source" | "all">().notNull(),
  personId: uuid("person_id"),
  sourceId: uuid("source_id"),
  words: text("words").notNull(),
  setBy: uuid("set_by").notNull(),
  setAt: moment("set_at").notNull(),
  liftedBy: uuid("lifted_by"),
  liftedAt: moment("lifted_at"),
  liftedWords: text("lifted_words"),
});
