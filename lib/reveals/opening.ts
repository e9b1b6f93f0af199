import type { SignerKey } from "@/lib/audit/signed-note";
import type { ReceiptedGrant } from "@/lib/reveals/check-receipt";
import { openReceipt, type StoredReceipt } from "@/lib/requests/receipt";

/**
 * Whether a stored opening lets its grant open now, within so many minutes: whoever writes to the database as its owner
 * has no key to sign one with, nor moves the moment of another. Without a log key there is nothing to hold it against.
 */
export function openingHolds(
  stored: StoredReceipt | null,
  key: SignerKey | null,
  grant: ReceiptedGrant,
  minutes: number,
): boolean {
  if (stored === null || key === null) return stored !== null;
  const receipt = openReceipt(stored, [key]);
  const { decided, passkey, at } = receipt ?? {};
  return (
    decided?.verdict === "open" &&
    passkey != null &&
    decided.by?.id === grant.holderId &&
    decided.opens?.grantId === grant.id &&
    decided.opens.grantHash === Buffer.from(grant.decidedHash).toString("hex") &&
    Date.parse(at ?? "") > grant.now.getTime() - minutes * 60_000
  );
}
