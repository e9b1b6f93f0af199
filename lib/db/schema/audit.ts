import { bigint, boolean, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { bytea, moment } from "@/lib/db/schema/people";

const byTheDatabase = sql`computed from entry`;

/** `entry` is the canonical JSON that is hashed; the database computes every other column from it. */
export const auditEvents = pgTable("audit_events", {
  entry: text("entry").notNull(),
  seq: bigint("seq", { mode: "number" }).primaryKey().generatedAlwaysAs(byTheDatabase),
  code: text("code").notNull().generatedAlwaysAs(byTheDatabase),
  outcome: text("outcome")
    .$type<"success" | "refused" | "failure">()
    .notNull()
    .generatedAlwaysAs(byTheDatabase),
  occurredAt: moment("occurred_at").notNull().generatedAlwaysAs(byTheDatabase),
  actorId: uuid("actor_id").generatedAlwaysAs(byTheDatabase),
  sourceId: uuid("source_id").generatedAlwaysAs(byTheDatabase),
  tableId: uuid("table_id").generatedAlwaysAs(byTheDatabase),
  requestId: uuid("request_id").generatedAlwaysAs(byTheDatabase),
  grantId: uuid("grant_id").generatedAlwaysAs(byTheDatabase),
  leafHash: bytea("leaf_hash").notNull(),
});

export const auditHead = pgTable("audit_head", {
  onlyRow: boolean("only_row").primaryKey().default(true),
  size: bigint("size", { mode: "number" }).notNull(),
  frontier: bytea("frontier").array().notNull(),
});

/** Signed checkpoints, and what outsiders made of them. Written by lib/db/log-bookkeeping.ts alone, as they are made. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    size: bigint("size", { mode: "number" }).notNull(),
    keyId: bytea("key_id").notNull(),
    note: text("note").notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.size, table.keyId] })],
);

export const auditCosignatures = pgTable(
  "audit_cosignatures",
  {
    size: bigint("size", { mode: "number" }).notNull(),
    keyId: bytea("key_id").notNull(),
    line: text("line").notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.size, table.keyId] })],
);

export const auditPublications = pgTable(
  "audit_publications",
  {
    place: text("place").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    arrivedAt: moment("arrived_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.place, table.size] })],
);

/** The roots of full tiles: hash `place` of level n is the root of 256^n leaves. */
export const auditTileHashes = pgTable(
  "audit_tile_hashes",
  {
    level: smallint("level").notNull(),
    place: bigint("place", { mode: "number" }).notNull(),
    hash: bytea("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.place] })],
);
