import { integer, jsonb, pgTable, uuid } from "drizzle-orm/pg-core";

export const mailWishes = pgTable("mail_wishes", {
  personId: uuid("person_id").primaryKey(),
  choices: jsonb("choices").$type<Record<string, string>>().notNull().default({}),
  digestHour: integer("digest_hour").notNull().default(8),
  quietFrom: integer("quiet_from"),
  quietUntil: integer("quiet_until"),
  version: integer("version").notNull().default(1),
});
