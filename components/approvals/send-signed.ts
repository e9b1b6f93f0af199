import { notUsed, signWithPasskey } from "@/components/people/use-authenticator";
import type { DecisionActions, DecisionAnswer, InboxDetail, Narrowed } from "@/lib/approvals/view";
import type { Signed } from "@/lib/auth/view";

/** Sends a vote, signed by the approver's passkey where it has to be: what it signs is exactly this vote. */
export async function sendSigned(
  detail: Pick<InboxDetail, "id" | "version" | "passkey">,
  { askToSign }: Pick<DecisionActions, "askToSign">,
  narrowing: Narrowed | null,
  send: (signed: { assertion?: Signed }) => Promise<DecisionAnswer>,
): Promise<DecisionAnswer> {
  if (detail.passkey !== "asked") return send({});
  const { id: requestId, version } = detail;
  const asked = await askToSign({ requestId, version, words: "", ...(narrowing ? { narrowing } : {}) });
  if (!asked.ok) return asked;
  const assertion = await signWithPasskey(asked.output);
  return assertion ? send({ assertion }) : notUsed;
}
