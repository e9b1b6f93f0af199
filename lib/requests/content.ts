import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { Risk } from "@/lib/policies/risk";
import type { StoredRuling } from "@/lib/policies/ruling";
import type { Route } from "@/lib/policies/seats";
import type { RequestSignals } from "@/lib/policies/signals";
import type { Bounds, RequestedField } from "@/lib/requests/request";

/** All that was asked, by whom, and how it was routed: what a decision is about (law 8). */
export type RequestContent = Bounds & {
  id: string;
  requesterId: string;
  requesterRoles: readonly string[];
  sourceId: string;
  tableId: string;
  records: readonly string[];
  /** The references of the records, in their order; null where it was sent before there were any. */
  refs: readonly SubjectRef[] | null;
  /** Stands for the filters that all of the records matched when it was sent; null where they were chosen. */
  cohortSeal: Uint8Array | null;
  fields: readonly RequestedField[];
  purpose: string;
  reason: string;
  ticket: string | null;
  viewSeconds: number;
  activateWithinSeconds: number;
  /** The request that this one asks more time for; null for a first one. */
  parentId: string | null;
  risk: Risk;
  policyVersion: number;
  rule: string;
  eligibleIds: readonly string[];
  /** What the policy knew of it and what it said, and the steps of its review; null before there were any. */
  signals: RequestSignals | null;
  ruling: StoredRuling | null;
  route: Route | null;
  channel: string;
};

/**
 * SHA-256 of the RFC 8785 JSON of what was asked; a stored row with more columns has the same hash. Records are hashed as
 * their references, so that what was asked can be checked after a record was erased, and no key be guessed from it.
 */
export function contentHash(asked: RequestContent): Buffer {
  const { id, requesterId, requesterRoles, sourceId, tableId, records, fields, purpose, reason, ticket } =
    asked;
  const { viewSeconds, activateWithinSeconds, risk, policyVersion, rule, eligibleIds, channel, cohortSeal } =
    asked;
  const { signals, ruling, route, parentId, refs } = asked;
  return hashOf({
    ...(refs === null ? { kind: "glimpse request 1", records } : { kind: "glimpse request 2", refs }),
    ...{ id, requesterId, requesterRoles, sourceId, tableId, fields, purpose, reason, ticket },
    ...{ viewSeconds, activateWithinSeconds, risk, policyVersion, rule, eligibleIds, channel },
    // Left out where there is none, so that what was hashed before there were cohorts keeps its hash.
    ...(cohortSeal === null ? {} : { cohort: Buffer.from(cohortSeal).toString("hex") }),
    ...(signals === null ? {} : { signals }),
    ...(ruling === null ? {} : { ruling }),
    ...(route === null ? {} : { route }),
    ...(parentId === null ? {} : { parentId }),
    ...boundsOf(asked),
  });
}

/** As they are hashed: left out where there are none, so that what was hashed before keeps its hash. */
function boundsOf({ notBefore, maxViews, withSession }: Bounds) {
  return {
    ...(notBefore === null ? {} : { notBefore: notBefore.toISOString() }),
    ...(maxViews === null ? {} : { maxViews }),
    ...(withSession ? { withSession } : {}),
  };
}

/**
 * Binds filters (as an address) into the hash of a request without being a hash of their values: with the salt gone,
 * nobody can try values against it. So the filters can be forgotten when their column is masked, and the request
 * keeps its hash (laws 6 and 8).
 */
export function sealCohort(cohort: string, salt: Uint8Array): Buffer {
  return createHash("sha256").update("glimpse cohort 1").update(salt).update(cohort, "utf8").digest();
}

type StoredRequest = RequestContent & {
  cohort: string | null;
  cohortSalt: Uint8Array | null;
  contentHash: Uint8Array;
};

/** Whether a stored request is what was hashed when it was sent, its filters included. */
export function isAsAsked(stored: StoredRequest): boolean {
  const { cohort, cohortSalt, cohortSeal } = stored;
  const sealed = cohort !== null && cohortSalt !== null ? sealCohort(cohort, cohortSalt) : null;
  const sameCohort =
    sealed === null || cohortSeal === null ? sealed === cohortSeal : sealed.equals(cohortSeal);
  return sameCohort && contentHash(stored).equals(stored.contentHash);
}

/** What a decision left of a request. */
export type DecidedContent = Bounds & {
  requestId: string;
  contentHash: Uint8Array;
  records: readonly string[];
  refs: readonly SubjectRef[] | null;
  fields: readonly RequestedField[];
  viewSeconds: number;
  policyVersion: number;
};

/** SHA-256 of the RFC 8785 JSON of what was granted, bound to the hash of what was asked. */
export function decidedHash(decided: DecidedContent): Buffer {
  const { requestId, records, refs, fields, viewSeconds, policyVersion } = decided;
  return hashOf({
    ...(refs === null ? { kind: "glimpse decision 1", records } : { kind: "glimpse decision 2", refs }),
    contentHash: Buffer.from(decided.contentHash).toString("hex"),
    ...{ requestId, fields, viewSeconds, policyVersion },
    ...boundsOf(decided),
  });
}

function hashOf(content: object): Buffer {
  const text = canonicalize(content);
  if (text === undefined) throw new Error("What was asked cannot be written as JSON.");
  return createHash("sha256").update(text, "utf8").digest();
}
