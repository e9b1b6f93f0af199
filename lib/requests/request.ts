export type RequestState = "pending" | "approved" | "denied" | "withdrawn" | "expired";

/** How far a field opens: `partial` keeps a part of it masked, `full` is the raw value. */
export type Level = "partial" | "full";

/** A field as it was asked for; class, sensitivity and type are frozen as they stood then. */
export type RequestedField = {
  columnId: string;
  column: string;
  typeName: string;
  classId: string;
  sensitivity: number;
  level: Level;
};

export const purposes = {
  "customer-contact": "Contact a customer",
  "identity-check": "Verify who somebody is",
  "payment-issue": "Solve a payment problem",
  "care-coordination": "Coordinate care",
  "data-correction": "Correct wrong data",
  incident: "Investigate an incident",
  "legal-obligation": "Meet a legal duty",
} as const;

export type Purpose = keyof typeof purposes;

/** A stored purpose in words. */
export function purposeWords(purpose: string): string {
  return Object.hasOwn(purposes, purpose) ? purposes[purpose as Purpose] : purpose;
}

/** Choices of view time in seconds; there is no unlimited one. */
export const viewPresets = [60, 300, 900, 1800] as const;
export const LONGEST_VIEW = 1800;

export const MAX_RECORDS = 100;
/** Records of a request for all that match. */
export const MAX_COHORT = 500;
export const REASON_MIN = 10;
export const REASON_MAX = 2000;
/** An emergency has to say more: nobody looks at it before. */
export const EMERGENCY_REASON_MIN = 20;

/** How far ahead a request may name the moment from which it may be opened. */
export const START_WITHIN_DAYS = 7;
/** How often the values may be viewed at most, where the requester names a limit. */
export const MOST_VIEWS_WISHED = 100;

/** What bounds a grant beside its view time. */
export type Bounds = {
  /** Before it nothing opens; null for at once. */
  notBefore: Date | null;
  /** How often it may be viewed; null for no such limit. */
  maxViews: number | null;
  /** Whether it ends with the session that opens it, its time being the most. */
  withSession: boolean;
};

/** The state as it is at `now`: a request that nobody decided in time has expired before it is written down. */
export function requestStateAt(request: { state: RequestState; expiresAt: Date }, now: Date): RequestState {
  return request.state === "pending" && now >= request.expiresAt ? "expired" : request.state;
}
