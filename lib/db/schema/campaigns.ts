import { boolean, integer, jsonb, pgTable, pgView, text, uuid } from "drizzle-orm/pg-core";
import { moment, type Role } from "@/lib/db/schema/people";
import type { AccessPart, ItemState } from "@/lib/campaigns/access";

export const accessCampaigns = pgTable("access_campaigns", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  roles: text("roles").array().$type<Role[]>().notNull(),
  sourceIds: uuid("source_ids").array().notNull(),
  removeUndecided: boolean("remove_undecided").notNull(),
  startedBy: uuid("started_by").notNull(),
  startedAt: moment("started_at").notNull(),
  dueAt: moment("due_at").notNull(),
  reminders: integer("reminders").notNull().default(0),
  endedAt: moment("ended_at"),
  endedBy: uuid("ended_by"),
  endedWhy: text("ended_why").$type<"decided" | "due" | "closed" | "called-off">(),
  endedWords: text("ended_words"),
});

export const accessItems = pgTable("access_items", {
  id: uuid("id").primaryKey().defaultRandom(),
  campaignId: uuid("campaign_id").notNull(),
  personId: uuid("person_id").notNull(),
  managerId: uuid("manager_id"),
  access: jsonb("access").$type<AccessPart[]>().notNull(),
  state: text("state").$type<ItemState>().notNull().default("open"),
  decidedBy: uuid("decided_by"),
  decidedAs: text("decided_as").$type<"manager" | "admin">(),
  decidedAt: moment("decided_at"),
  words: text("words"),
  kept: jsonb("kept").$type<AccessPart[]>(),
  removed: jsonb("removed").$type<AccessPart[]>(),
});

/** Whose decision an open item waits for: the manager when it began, while they can decide; else admins. */
export const accessSeats = pgView("access_seats", {
  itemId: uuid("item_id").notNull(),
  campaignId: uuid("campaign_id").notNull(),
  personId: uuid("person_id").notNull(),
  managerId: uuid("manager_id"),
}).existing();
