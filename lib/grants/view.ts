import type { PasskeyNeed } from "@/lib/auth/view";
import type { Level } from "@/lib/requests/request";

/** A field that a grant opens, for people. */
export type GrantedFieldView = { columnId: string; name: string; level: Level };

/** A grant of one's own that can be opened or is open. Durations, no deadlines: clocks of browsers are wrong. */
export type LiveGrant = {
  id: string;
  requestNumber: number;
  tableId: string;
  /** "customers", as people read it. */
  tableLabel: string;
  /** Where the table is browsed, below /browse. */
  tablePath: string;
  records: readonly string[];
  fields: readonly GrantedFieldView[];
  state: "ready" | "active";
  viewSeconds: number;
  /** Whether its rule asks for the password again before it is opened, or opened again. */
  asksPassword: boolean;
  /** Whether its rule asks that a passkey signs that, and none has lately in this session. */
  passkey: PasskeyNeed;
  /** Milliseconds of the window that are left; 0 while it is `ready`. */
  msLeft: number;
  /** How often it may be viewed and how many of that are left; null where there is no limit. */
  views: { of: number; left: number } | null;
  /** Milliseconds until it may be opened, or goes on by itself; 0 once it may. */
  startsInMs: number;
  /** Whether it ends with the session that opens it. */
  withSession: boolean;
  /** Milliseconds in which it must be opened; 0 once it is `active`. */
  activateMsLeft: number;
};

/** How a grant of one's own stands, for the poll of every page. */
export type GrantPulse = {
  id: string;
  requestNumber: number;
  tableLabel: string;
  tablePath: string;
  fieldCount: number;
  recordCount: number;
  state: "ready" | "active" | "ended" | "returned" | "revoked" | "lapsed";
  msLeft: number;
};

/** What was decided, as it was signed. */
export type ReceiptView = {
  /** SHA-256, in hexadecimal. */
  hash: string;
  verdict: "approve" | "narrow" | "deny" | "policy" | "policy-deny" | "emergency" | "open";
  /** Who decided or opens; null for the policy and for an emergency. */
  by: string | null;
  at: string;
  /** `unchecked`: this server has no key to hold it against. */
  signed: "signed" | "unsigned" | "unchecked" | "wrong";
  passkey: { of: string; name: string } | null;
};
