import { integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const erasures = pgTable("erasures", {
  id: uuid("id").primaryKey().defaultRandom(),
  number: integer("number").notNull().generatedAlwaysAsIdentity(),
  reference: text("reference").notNull(),
  reason: text("reason").notNull(),
  records: integer("records").notNull(),
  state: text("state").$type<"waiting" | "done" | "withdrawn">().notNull().default("waiting"),
  startedBy: uuid("started_by").notNull(),
  startedAt: moment("started_at").notNull().defaultNow(),
  settledBy: uuid("settled_by"),
  settledAt: moment("settled_at"),
});

/** The records that a waiting erasure is about; none of one that is settled. */
export const erasureRecords = pgTable(
  "erasure_records",
  {
    erasureId: uuid("erasure_id").notNull(),
    place: integer("place").notNull(),
    sourceId: uuid("source_id").notNull(),
    tableId: uuid("table_id").notNull(),
    handle: text("handle").notNull(),
  },
  (table) => [primaryKey({ columns: [table.erasureId, table.place] })],
);
