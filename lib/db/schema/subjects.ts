import { bigint, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { bytea } from "@/lib/db/schema/people";
import type { SubjectRef } from "@/lib/audit/subject-ref";

/** The key under which the log names a record. Made by the function hold_subjects, which the database owner owns. */
export const subjectKeys = pgTable(
  "subject_keys",
  {
    sourceId: uuid("source_id").notNull(),
    tableId: uuid("table_id").notNull(),
    handle: text("handle").notNull(),
    handleHash: bytea("handle_hash")
      .notNull()
      .generatedAlwaysAs(sql`sha256(handle::bytea)`),
    key: bytea("key").notNull(),
    ref: text("ref").$type<SubjectRef>().notNull().unique(),
  },
  (table) => [primaryKey({ columns: [table.tableId, table.handleHash] })],
);

/** Which events speak of a record, by the first 64 bits of its reference. Filled by a trigger on audit_events. */
export const auditSubjects = pgTable(
  "audit_subjects",
  {
    head: bigint("head", { mode: "bigint" }).notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.head, table.seq] })],
);
