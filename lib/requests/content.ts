import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Risk } from "@/lib/policies/risk";
import type { RequestedField } from "@/lib/requests/request";

/** All that was asked, by whom, and how it was routed: what a decision is about (law 8). */
export type RequestContent = {
  id: string;
  requesterId: string;
  requesterRoles: readonly string[];
  sourceId: string;
  tableId: string;
  records: readonly string[];
  /** The filters that all of the records matched when it was sent, as an address; null where they were chosen. */
  cohort: string | null;
  fields: readonly RequestedField[];
  purpose: string;
  reason: string;
  ticket: string | null;
  viewSeconds: number;
  activateWithinSeconds: number;
  risk: Risk;
  policyVersion: number;
  rule: string;
  eligibleIds: readonly string[];
  channel: string;
};

/** SHA-256 of the RFC 8785 JSON of what was asked; a stored row with more columns has the same hash. */
export function contentHash(asked: RequestContent): Buffer {
  const { id, requesterId, requesterRoles, sourceId, tableId, records, fields, purpose, reason, ticket } =
    asked;
  const { viewSeconds, activateWithinSeconds, risk, policyVersion, rule, eligibleIds, channel, cohort } =
    asked;
  return hashOf({
    kind: "glimpse request 1",
    ...{ id, requesterId, requesterRoles, sourceId, tableId, records, fields, purpose, reason, ticket },
    ...{ viewSeconds, activateWithinSeconds, risk, policyVersion, rule, eligibleIds, channel },
    // Left out where there is none, so that what was hashed before there were cohorts keeps its hash.
    ...(cohort === null ? {} : { cohort }),
  });
}

/** What a decision left of a request. */
export type DecidedContent = {
  requestId: string;
  contentHash: Uint8Array;
  records: readonly string[];
  fields: readonly RequestedField[];
  viewSeconds: number;
  policyVersion: number;
};

/** SHA-256 of the RFC 8785 JSON of what was granted, bound to the hash of what was asked. */
export function decidedHash(decided: DecidedContent): Buffer {
  const { requestId, records, fields, viewSeconds, policyVersion } = decided;
  return hashOf({
    kind: "glimpse decision 1",
    contentHash: Buffer.from(decided.contentHash).toString("hex"),
    ...{ requestId, records, fields, viewSeconds, policyVersion },
  });
}

function hashOf(content: object): Buffer {
  const text = canonicalize(content);
  if (text === undefined) throw new Error("What was asked cannot be written as JSON.");
  return createHash("sha256").update(text, "utf8").digest();
}
