import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { parseSignatureLine, signatureLine, signedBy } from "@/lib/audit/signed-note";
import type { SignerKey, VerifierKey } from "@/lib/audit/signed-note";
import type { SignedWith } from "@/lib/auth/passkey";
import type { RequestedField } from "@/lib/requests/request";

type Named = { id: string; name: string };
/** `policy` and `policy-deny` are what the policy decided at once; `open` is no decision, but what a holder signs to open. */
export type ReceiptVerdict = "approve" | "narrow" | "deny" | "policy" | "policy-deny" | "emergency" | "open";

/** What a holder opens: the grant, the hash over what it permits, and when they were asked to sign. */
export type OpensPart = { grantId: string; grantHash: string; askedAt: string };

/** What was decided, as far as it is known before it counts: a passkey signs the SHA-256 of its RFC 8785 JSON. */
export type DecidedPart = {
  request: { id: string; number: number; hash: string };
  verdict: ReceiptVerdict;
  /** Who decided or opens, and for whom where they stood in for somebody; null for the policy and for an emergency. */
  by: Named | null;
  standsInFor: Named | null;
  holderId: string;
  sourceId: string;
  tableId: string;
  fields: readonly RequestedField[];
  /** The references of the records, as the log names them; for a request of before there were any, its handles. */
  records: readonly string[];
  viewSeconds: number;
  policyVersion: number;
  rule: string;
  /** Makes what a passkey signs fresh; null where none signed. */
  nonce: string | null;
  /** What its rule asks for before values open; left out where that is nothing. */
  asks?: readonly ("password" | "passkey")[];
  /** Of an opening alone. */
  opens?: OpensPart;
};

/** What was opened: the grant, the hash over what it permits, and the last moment at which it may be opened. */
export type GrantPart = { id: string; hash: string; activateBy: string };

export type Receipt = {
  kind: "glimpse receipt 1";
  decided: DecidedPart;
  at: string;
  /** Which step of the review it was a vote for, counted from 0. */
  step: number;
  /** SHA-256 of the receipts of the votes before, in their order. */
  earlier: readonly string[];
  grant: GrantPart | null;
  passkey: SignedWith | null;
};

/** A receipt as it is stored: its JSON, and the line that signs it, null where no key was set. */
export type StoredReceipt = { body: string; signature: string | null };

/** The 32 bytes that a passkey is asked to sign. */
export function decidedChallenge(decided: DecidedPart): Buffer {
  return createHash("sha256").update(canonical(decided), "utf8").digest();
}

/** Writes a receipt and signs it, where there is a key. */
export function makeReceipt(receipt: Receipt, key: SignerKey | null): StoredReceipt {
  const body = canonical(receipt);
  return { body, signature: key && signatureLine(key, signedText(body)) };
}

/** SHA-256 of a receipt, as the audit log and later receipts name it. */
export const receiptHash = ({ body }: Pick<StoredReceipt, "body">): string =>
  createHash("sha256").update(body, "utf8").digest("hex");

/** The receipt, if one of these keys has signed it exactly so; null otherwise. */
export function openReceipt(
  { body, signature }: StoredReceipt,
  keys: readonly VerifierKey[],
): Receipt | null {
  const line = signature === null ? null : parseSignatureLine(signature);
  if (!line) return null;
  const note = { text: signedText(body), signatures: [line] };
  return keys.some((key) => signedBy(note, key).signed) ? readReceipt({ body }) : null;
}

/** What a receipt says, whoever wrote it. */
export const readReceipt = ({ body }: Pick<StoredReceipt, "body">): Receipt => JSON.parse(body) as Receipt;

/** A line of its own before it: what is signed so is never a checkpoint, nor a checkpoint a receipt. */
const signedText = (body: string) => `glimpse receipt 1\n${body}\n`;

function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("What was decided cannot be written as JSON.");
  return text;
}
