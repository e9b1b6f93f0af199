import { customType, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const roles = ["agent", "approver", "steward", "policy_admin", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const people = pgTable("people", {
  id: uuid("id").primaryKey().defaultRandom(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  passwordHash: text("password_hash"),
  managerId: uuid("manager_id"),
  timeZone: text("time_zone").notNull().default("UTC"),
  state: text("state").$type<"invited" | "active" | "disabled">().notNull().default("invited"),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
  disabledAt: moment("disabled_at"),
});

export const personRoles = pgTable(
  "person_roles",
  {
    personId: uuid("person_id").notNull(),
    role: text("role").$type<Role>().notNull(),
    grantedAt: moment("granted_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.role] })],
);

export const sessions = pgTable("sessions", {
  id: uuid("id").primaryKey().defaultRandom(),
  personId: uuid("person_id").notNull(),
  ip: text("ip"),
  userAgent: text("user_agent"),
  createdAt: moment("created_at").notNull().defaultNow(),
  /** When the password was given last. */
  provedAt: moment("proved_at").notNull().defaultNow(),
  /** When a passkey was used last. */
  passkeyAt: moment("passkey_at"),
  expiresAt: moment("expires_at").notNull(),
  endedAt: moment("ended_at"),
  endedWhy: text("ended_why"),
});

export const oneTimeLinks = pgTable("one_time_links", {
  tokenHash: bytea("token_hash").primaryKey(),
  purpose: text("purpose").$type<"first-admin" | "invite">().notNull(),
  personId: uuid("person_id"),
  resetById: uuid("reset_by_id"),
  createdAt: moment("created_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
});

export const signInFailures = pgTable("sign_in_failures", {
  subject: text("subject").primaryKey(),
  failures: integer("failures").notNull(),
  firstAt: moment("first_at").notNull().defaultNow(),
  lockedUntil: moment("locked_until"),
});
