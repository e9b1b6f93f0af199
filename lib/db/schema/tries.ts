import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export const tries = pgTable("tries", {
  subject: text("subject").primaryKey(),
  since: moment("since").notNull().defaultNow(),
  used: integer("used").notNull(),
});
