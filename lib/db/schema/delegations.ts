import { pgTable, pgView, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";

export type DelegationEnd = "taken-back" | "declined" | "admin" | "role-lost" | "disabled";

export const delegations = pgTable("delegations", {
  id: uuid("id").primaryKey().defaultRandom(),
  delegatorId: uuid("delegator_id").notNull(),
  substituteId: uuid("substitute_id").notNull(),
  startsAt: moment("starts_at").notNull(),
  endsAt: moment("ends_at").notNull(),
  madeAt: moment("made_at").notNull(),
  endedAt: moment("ended_at"),
  endedBy: uuid("ended_by"),
  endedWhy: text("ended_why").$type<DelegationEnd>(),
});

/** Those that count at this moment. */
export const liveDelegations = pgView("live_delegations", {
  id: uuid("id").notNull(),
  delegatorId: uuid("delegator_id").notNull(),
  substituteId: uuid("substitute_id").notNull(),
}).existing();
