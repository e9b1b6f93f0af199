import type { SignerKey } from "@/lib/audit/signed-note";
import type { RefusalCode } from "@/lib/refusal";
import { openReceipt, type StoredReceipt } from "@/lib/requests/receipt";

/**
 * What has to be given before a grant opens, by the receipt of its decision: whoever writes to the database could take it
 * out of the request. Nothing without a log key, nor where the receipt does not hold, which opens nothing anyway.
 */
export function asksOf(stored: StoredReceipt | null, key: SignerKey | null): readonly string[] {
  return (stored && key && openReceipt(stored, [key])?.decided.asks) ?? [];
}

/** A grant as it is stored, with the database clock. */
export type ReceiptedGrant = {
  id: string;
  requestId: string;
  holderId: string;
  sourceId: string;
  tableId: string;
  decidedHash: Uint8Array;
  now: Date;
};

/**
 * Why a grant must not open for want of a receipt; null where it may. Whoever writes decisions and grants as the owner of
 * the database has no key to sign one with, and can neither take that of another grant nor wake one that is long over.
 * Without a log key there is nothing to hold a receipt against. Only the present key counts: one that was replaced may
 * have been replaced because somebody else has it.
 */
export function receiptRefusal(
  stored: StoredReceipt | null,
  key: SignerKey | null,
  grant: ReceiptedGrant,
): RefusalCode | null {
  if (key === null) return null;
  if (stored === null) return "receipt-missing";
  const receipt = openReceipt(stored, [key]);
  if (!receipt?.grant) return "receipt-wrong";
  const { decided } = receipt;
  const isOfGrant =
    receipt.grant.id === grant.id &&
    receipt.grant.hash === Buffer.from(grant.decidedHash).toString("hex") &&
    decided.request.id === grant.requestId &&
    decided.holderId === grant.holderId &&
    decided.sourceId === grant.sourceId &&
    decided.tableId === grant.tableId;
  const over = Date.parse(receipt.grant.activateBy) + decided.viewSeconds * 1000;
  return isOfGrant && grant.now.getTime() < over ? null : "receipt-wrong";
}
