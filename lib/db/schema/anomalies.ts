import { date, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";

export const anomalyCases = pgTable("anomaly_cases", {
  id: uuid("id").primaryKey().defaultRandom(),
  number: integer("number").notNull().generatedAlwaysAsIdentity(),
  personId: uuid("person_id").notNull(),
  day: date("day", { mode: "string" }).notNull(),
  zone: text("zone").notNull(),
  openedAt: moment("opened_at").notNull().defaultNow(),
  state: text("state").$type<"open" | "explained" | "misuse">().notNull().default("open"),
  judgedBy: uuid("judged_by"),
  words: text("words"),
  salt: bytea("salt"),
  judgedAt: moment("judged_at"),
});

export const anomalyFindings = pgTable(
  "anomaly_findings",
  {
    caseId: uuid("case_id").notNull(),
    personId: uuid("person_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    kind: text("kind").notNull(),
    step: integer("step").notNull(),
    evidence: jsonb("evidence").$type<Readonly<Record<string, number | readonly string[]>>>().notNull(),
    foundAt: moment("found_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.day, table.kind, table.step] })],
);
