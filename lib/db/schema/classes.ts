import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";
import type { ClassGroup, Sensitivity } from "@/lib/catalog/classes";
import type { SimpleMask } from "@/lib/masking/kinds";

export const ownClasses = pgTable("own_classes", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  classGroup: text("class_group").$type<ClassGroup>().notNull(),
  sensitivity: integer("sensitivity").$type<Sensitivity>().notNull(),
  regulations: text("regulations").array().notNull(),
  defaultMask: jsonb("default_mask").$type<SimpleMask>().notNull(),
  maxRevealMinutes: integer("max_reveal_minutes").notNull(),
  words: text("words").array().notNull(),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
  retiredAt: moment("retired_at"),
});

export const classMasks = pgTable("class_masks", {
  classId: text("class_id").primaryKey(),
  mask: jsonb("mask").$type<SimpleMask>().notNull(),
});
