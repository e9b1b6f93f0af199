import "server-only";
import { logSettings } from "@/lib/audit/log-settings";
import { refsOf } from "@/lib/audit/subject-ref";
import type { SignedWith } from "@/lib/auth/passkey";
import type { WriteTransaction } from "@/lib/db/control-database";
import { receipts } from "@/lib/db/schema/receipts";
import type { requests } from "@/lib/db/schema/requests";
import type { Scope } from "@/lib/grants/narrowing";
import { makeReceipt, receiptHash, type DecidedPart } from "@/lib/requests/receipt";
import type { WrittenGrant } from "@/lib/requests/write-grant";

type Asked = Pick<
  typeof requests.$inferSelect,
  | "id"
  | "number"
  | "records"
  | "refs"
  | "contentHash"
  | "requesterId"
  | "sourceId"
  | "tableId"
  | "policyVersion"
  | "rule"
  | "ruling"
>;

/** What is decided of a request, as its receipt says it. */
export function decidedPart(
  request: Asked,
  scope: Scope,
  decided: Pick<DecidedPart, "verdict" | "by" | "standsInFor" | "nonce" | "opens">,
): DecidedPart {
  const { id, number, contentHash, requesterId, sourceId, tableId, policyVersion, rule, ruling } = request;
  const asks = [
    ...(ruling?.stepUp ? (["password"] as const) : []),
    ...(ruling?.passkey ? (["passkey"] as const) : []),
  ];
  return {
    ...decided,
    request: { id, number, hash: contentHash.toString("hex") },
    holderId: requesterId,
    ...{ sourceId, tableId, policyVersion, rule },
    fields: scope.fields,
    records: refsOf(request, scope.records) ?? scope.records,
    viewSeconds: scope.viewSeconds,
    ...(asks.length > 0 ? { asks } : {}),
  };
}

type Written = {
  decided: DecidedPart;
  at: Date;
  step?: number;
  decisionId?: string;
  earlier?: readonly string[];
  grant: WrittenGrant | null;
  passkey?: SignedWith | null;
  /** The session that it counts in; of an opening alone. */
  sessionId?: string;
};

/** Leaves the receipt of a decision in its transaction, signed where a log key is set; returns its hash for the log. */
export async function writeReceipt(tx: WriteTransaction, written: Written): Promise<string> {
  const {
    decided,
    at,
    step = 0,
    decisionId = null,
    earlier = [],
    grant,
    passkey = null,
    sessionId,
  } = written;
  const stored = makeReceipt(
    {
      kind: "glimpse receipt 1",
      ...{ decided, step, earlier, passkey },
      at: at.toISOString(),
      grant: grant && {
        id: grant.id,
        hash: grant.decidedHash.toString("hex"),
        activateBy: grant.activateBy.toISOString(),
      },
    },
    logSettings().key,
  );
  await tx.insert(receipts).values({
    ...{ ...stored, requestId: decided.request.id, decisionId, grantId: grant?.id ?? null },
    ...{ opensId: decided.opens?.grantId ?? null, sessionId: sessionId ?? null },
  });
  return receiptHash(stored);
}

/** Leaves the receipt of what is decided without anybody's vote. */
export async function writeReceiptOf(
  tx: WriteTransaction,
  request: Asked,
  outcome:
    | { verdict: "policy" | "emergency"; scope: Scope; grant: WrittenGrant }
    | { verdict: "policy-deny"; scope: Scope; grant: null; at: Date },
): Promise<string> {
  const { verdict, scope, grant } = outcome;
  const decided = decidedPart(request, scope, { verdict, by: null, standsInFor: null, nonce: null });
  return writeReceipt(tx, { decided, at: grant === null ? outcome.at : grant.createdAt, grant });
}
