import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const savedViews = pgTable("saved_views", {
  id: uuid("id").primaryKey().defaultRandom(),
  tableId: uuid("table_id").notNull(),
  ownerId: uuid("owner_id").notNull(),
  name: text("name").notNull(),
  query: text("query").notNull(),
  shared: boolean("shared").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});
