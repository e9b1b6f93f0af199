import { bigint, boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
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
