import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "@/lib/db/schema/people";
import type { GrantState, GrantedField } from "@/lib/grants/grant";
import type { Narrowing } from "@/lib/grants/narrowing";
import type { Risk } from "@/lib/policies/risk";
import type { StoredRuling } from "@/lib/policies/ruling";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { Route } from "@/lib/policies/seats";
import type { RequestSignals } from "@/lib/policies/signals";
import type { RequestedField, RequestState } from "@/lib/requests/request";

export const requests = pgTable("requests", {
  id: uuid("id").primaryKey().defaultRandom(),
  number: integer("number").notNull().generatedAlwaysAsIdentity(),
  requesterId: uuid("requester_id").notNull(),
  requesterRoles: text("requester_roles").array().notNull(),
  sourceId: uuid("source_id").notNull(),
  tableId: uuid("table_id").notNull(),
  records: text("records").array().notNull(),
  refs: text("refs").array().$type<SubjectRef[]>(),
  cohort: text("cohort"),
  cohortSalt: bytea("cohort_salt"),
  cohortSeal: bytea("cohort_seal"),
  fields: jsonb("fields").$type<RequestedField[]>().notNull(),
  purpose: text("purpose").notNull(),
  reason: text("reason").notNull(),
  ticket: text("ticket"),
  viewSeconds: integer("view_seconds").notNull(),
  activateWithinSeconds: integer("activate_within_seconds").notNull().default(14_400),
  notBefore: moment("not_before"),
  maxViews: integer("max_views"),
  withSession: boolean("with_session").notNull().default(false),
  parentId: uuid("parent_id"),
  risk: jsonb("risk").$type<Risk>().notNull(),
  riskPoints: integer("risk_points").notNull(),
  policyVersion: integer("policy_version").notNull(),
  rule: text("rule").notNull(),
  eligibleIds: uuid("eligible_ids").array().notNull(),
  signals: jsonb("signals").$type<RequestSignals>(),
  ruling: jsonb("ruling").$type<StoredRuling>(),
  route: jsonb("route").$type<Route>(),
  audience: text("audience").array(),
  channel: text("channel").notNull(),
  contentHash: bytea("content_hash").notNull(),
  state: text("state").$type<RequestState>().notNull().default("pending"),
  comments: integer("comments").notNull().default(0),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  decidedAt: moment("decided_at"),
  closedWhy: text("closed_why"),
  waitingStep: integer("waiting_step").notNull().default(0),
  escalateAt: moment("escalate_at"),
  remindAt: moment("remind_at"),
  remindedAt: moment("reminded_at"),
  nudgedAt: moment("nudged_at"),
});

export const escalations = pgTable(
  "escalations",
  {
    requestId: uuid("request_id").notNull(),
    step: integer("step").notNull(),
    toldIds: uuid("told_ids").array().notNull(),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.step] })],
);

export const decisions = pgTable("decisions", {
  id: uuid("id").primaryKey().defaultRandom(),
  requestId: uuid("request_id").notNull(),
  requesterId: uuid("requester_id").notNull(),
  approverId: uuid("approver_id").notNull(),
  verdict: text("verdict").$type<"approve" | "narrow" | "deny">().notNull(),
  words: text("words"),
  narrowed: jsonb("narrowed").$type<Narrowing>(),
  step: integer("step").notNull().default(0),
  fellBack: boolean("fell_back").notNull().default(false),
  forId: uuid("for_id"),
  delegationId: uuid("delegation_id"),
  decidedAt: moment("decided_at").notNull(),
  arrivedAt: moment("arrived_at").notNull(),
});

export const grants = pgTable("grants", {
  id: uuid("id").primaryKey().defaultRandom(),
  requestId: uuid("request_id").notNull(),
  holderId: uuid("holder_id").notNull(),
  sourceId: uuid("source_id").notNull(),
  tableId: uuid("table_id").notNull(),
  records: text("records").array().notNull(),
  refs: text("refs").array().$type<SubjectRef[]>(),
  fields: jsonb("fields").$type<GrantedField[]>().notNull(),
  viewSeconds: integer("view_seconds").notNull(),
  activateBy: moment("activate_by").notNull(),
  decidedHash: bytea("decided_hash").notNull(),
  policyVersion: integer("policy_version").notNull(),
  maxViews: integer("max_views"),
  notBefore: moment("not_before"),
  withSession: boolean("with_session").notNull().default(false),
  sessionId: uuid("session_id"),
  state: text("state").$type<GrantState>().notNull().default("ready"),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull(),
  activatedAt: moment("activated_at"),
  endsAt: moment("ends_at"),
  closedAt: moment("closed_at"),
  closedWhy: text("closed_why"),
});
