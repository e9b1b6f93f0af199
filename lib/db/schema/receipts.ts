import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const receipts = pgTable("receipts", {
  id: uuid("id").primaryKey().defaultRandom(),
  requestId: uuid("request_id").notNull(),
  decisionId: uuid("decision_id"),
  grantId: uuid("grant_id"),
  opensId: uuid("opens_id"),
  sessionId: uuid("session_id"),
  body: text("body").notNull(),
  signature: text("signature"),
  madeAt: moment("made_at").notNull().defaultNow(),
});
