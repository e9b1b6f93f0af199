import { bigint, date, integer, pgTable, pgView, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";

/** Periods that entries are kept for, each with who set and who confirmed it; no days are for ever. */
export const auditRetention = pgTable("audit_retention", {
  id: uuid("id").primaryKey().defaultRandom(),
  days: integer("days"),
  why: text("why").notNull(),
  setBy: uuid("set_by").notNull(),
  setAt: moment("set_at").notNull().defaultNow(),
  confirmedBy: uuid("confirmed_by"),
  confirmedAt: moment("confirmed_at"),
  droppedAt: moment("dropped_at"),
});

/** What may not be pruned, and who placed and lifted it. */
export const auditHolds = pgTable("audit_holds", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  why: text("why").notNull(),
  personId: uuid("person_id"),
  sourceId: uuid("source_id"),
  fromDay: date("from_day", { mode: "string" }),
  toDay: date("to_day", { mode: "string" }),
  placedBy: uuid("placed_by").notNull(),
  placedAt: moment("placed_at").notNull().defaultNow(),
  liftAskedBy: uuid("lift_asked_by"),
  liftWhy: text("lift_why"),
  liftAskedAt: moment("lift_asked_at"),
  liftedBy: uuid("lifted_by"),
  liftedAt: moment("lifted_at"),
});

/** What is left of an entry that was pruned. Written by the database's prune_audit_events alone. */
export const auditPruned = pgTable("audit_pruned", {
  seq: bigint("seq", { mode: "number" }).primaryKey(),
  leafHash: bytea("leaf_hash").notNull(),
});

/** The leaves of the tree: of the events that are there, and of those that were pruned. */
export const auditLeaves = pgView("audit_leaves", {
  seq: bigint("seq", { mode: "number" }).notNull(),
  leafHash: bytea("leaf_hash").notNull(),
}).existing();
