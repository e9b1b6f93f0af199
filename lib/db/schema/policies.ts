import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";
import type { Policy } from "@/lib/policies/policy";

export const policyVersions = pgTable("policy_versions", {
  number: integer("number").primaryKey().generatedAlwaysAsIdentity(),
  state: text("state").$type<"draft" | "tested" | "active" | "retired">().notNull().default("draft"),
  document: jsonb("document").$type<Policy>().notNull(),
  note: text("note").notNull(),
  basedOn: integer("based_on"),
  editorIds: uuid("editor_ids").array().notNull(),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
  changedAt: moment("changed_at").notNull().defaultNow(),
  activatedBy: uuid("activated_by"),
  activatedAt: moment("activated_at"),
  retiredAt: moment("retired_at"),
});

export const groups = pgTable("groups", {
  id: uuid("id").primaryKey().defaultRandom(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const groupMembers = pgTable(
  "group_members",
  {
    groupId: uuid("group_id").notNull(),
    personId: uuid("person_id").notNull(),
    addedAt: moment("added_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.personId] })],
);

export const owners = pgTable(
  "owners",
  {
    kind: text("kind").$type<"table" | "class">().notNull(),
    subject: text("subject").notNull(),
    personId: uuid("person_id").notNull(),
    addedAt: moment("added_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject, table.personId] })],
);
