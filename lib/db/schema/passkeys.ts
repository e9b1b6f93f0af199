import { bigint, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";

export const passkeys = pgTable("passkeys", {
  id: uuid("id").primaryKey().defaultRandom(),
  personId: uuid("person_id").notNull(),
  name: text("name").notNull(),
  credentialId: text("credential_id").notNull(),
  publicKey: bytea("public_key").notNull(),
  transports: text("transports").array().notNull(),
  counter: bigint("counter", { mode: "number" }).notNull(),
  seal: bytea("seal").notNull(),
  addedAt: moment("added_at").notNull().defaultNow(),
  usedAt: moment("used_at"),
  removedAt: moment("removed_at"),
  removedById: uuid("removed_by_id"),
});

export const passkeyChallenges = pgTable("passkey_challenges", {
  challenge: bytea("challenge").primaryKey(),
  nonce: text("nonce").notNull(),
  personId: uuid("person_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  purpose: text("purpose").$type<"register" | "decide" | "step-up" | "open">().notNull(),
  requestId: uuid("request_id"),
  grantId: uuid("grant_id"),
  askedAt: moment("asked_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull().defaultNow(),
});
