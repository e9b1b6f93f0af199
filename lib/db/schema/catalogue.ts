import { bigint, boolean, integer, jsonb, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/lib/db/schema/people";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { Mask } from "@/lib/masking/mask";

export const sources = pgTable("sources", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  slug: text("slug").notNull(),
  connectionSealed: text("connection_sealed").notNull(),
  revealSealed: text("reveal_sealed"),
  host: text("host").notNull(),
  database: text("database").notNull(),
  serverVersion: text("server_version"),
  version: integer("version").notNull().default(1),
  keyVersion: integer("key_version").notNull().default(1),
  scannedAt: moment("scanned_at"),
  checkEvery: text("check_every").$type<"off" | "daily" | "weekly">().notNull().default("daily"),
  checkHour: integer("check_hour").notNull().default(3),
  driftSeenAt: moment("drift_seen_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
  removedAt: moment("removed_at"),
});

export const catalogTables = pgTable("catalog_tables", {
  id: uuid("id").primaryKey().defaultRandom(),
  sourceId: uuid("source_id").notNull(),
  schema: text("schema").notNull(),
  name: text("name").notNull(),
  kind: text("kind")
    .$type<"table" | "partitioned" | "partition" | "view" | "matview" | "foreign">()
    .notNull(),
  parent: text("parent"),
  comment: text("comment"),
  rowEstimate: bigint("row_estimate", { mode: "number" }),
  readable: boolean("readable").notNull(),
  keyColumns: text("key_columns").array().notNull().default([]),
  goneAt: moment("gone_at"),
});

export const catalogColumns = pgTable("catalog_columns", {
  id: uuid("id").primaryKey().defaultRandom(),
  tableId: uuid("table_id").notNull(),
  name: text("name").notNull(),
  ordinal: integer("ordinal").notNull(),
  type: jsonb("type").$type<ColumnType>().notNull(),
  typeName: text("type_name").notNull(),
  nullable: boolean("nullable").notNull(),
  generated: boolean("generated").notNull(),
  readable: boolean("readable").notNull().default(true),
  comment: text("comment"),
  proposedClass: text("proposed_class").notNull(),
  proposedConfidence: real("proposed_confidence").notNull(),
  proposedWhy: text("proposed_why").notNull(),
  state: text("state").$type<"unconfirmed" | "confirmed" | "suspended">().notNull().default("unconfirmed"),
  classId: text("class_id"),
  mask: jsonb("mask").$type<Mask>().notNull().default({ method: "hidden" }),
  lastMask: jsonb("last_mask").$type<Mask>(),
  confirmedType: text("confirmed_type"),
  confirmedBy: uuid("confirmed_by"),
  confirmedAt: moment("confirmed_at"),
  version: integer("version").notNull().default(1),
  goneAt: moment("gone_at"),
  drift: text("drift").$type<"new" | "changed" | "gone">(),
  driftAt: moment("drift_at"),
});

export const catalogForeignKeys = pgTable("catalog_foreign_keys", {
  id: uuid("id").primaryKey().defaultRandom(),
  sourceId: uuid("source_id").notNull(),
  name: text("name").notNull(),
  fromTableId: uuid("from_table_id").notNull(),
  fromColumns: text("from_columns").array().notNull(),
  toTableId: uuid("to_table_id").notNull(),
  toColumns: text("to_columns").array().notNull(),
});

export const tableOpenings = pgTable(
  "table_openings",
  {
    sessionId: uuid("session_id").notNull(),
    tableId: uuid("table_id").notNull(),
    personId: uuid("person_id").notNull(),
    openedAt: moment("opened_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.tableId] })],
);
