import "server-only";
import { z } from "zod";
import { aboutGrant, holdGrant, type HeldGrant } from "@/lib/approvals/hold-grant";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { Fresh } from "@/lib/auth/passkey-challenge";
import { assertionSchema } from "@/lib/auth/passkey-response";
import { holdPermission } from "@/lib/auth/require-permission";
import { askForPasskey, usePasskey } from "@/lib/auth/use-passkey";
import type { WriteTransaction } from "@/lib/db/control-database";
import { whyClosed } from "@/lib/grants/coverage";
import { stateAt } from "@/lib/grants/grant";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { decidedChallenge, type DecidedPart } from "@/lib/requests/receipt";
import { decidedPart, writeReceipt } from "@/lib/requests/write-receipt";

export const askToOpenSchema = z.object({ grantId: idInput() });
export const signOpeningSchema = z.object({ grantId: idInput(), assertion: assertionSchema });

/**
 * What the browser needs to have the holder's passkey sign that they open exactly this grant: its hash, fields, records
 * and time, and when they were asked. Refuses what is not theirs, and what is over.
 */
export async function askToOpen(ctx: Context, { grantId }: z.infer<typeof askToOpenSchema>) {
  return recorded(ctx, async (tx) => {
    const { held, part } = await holdOpening(tx, ctx, grantId);
    const challengeOf = (fresh: Fresh) => decidedChallenge(part(fresh));
    const result = await askForPasskey(tx, ctx, { purpose: "open", grantId }, challengeOf);
    return {
      result,
      event: { ...aboutGrant(held), code: "passkey.asked" as const, details: { for: "open" } },
    };
  });
}

/**
 * Keeps what the holder's passkey has signed as a receipt of the opening, which the log names. It counts for this grant,
 * in this session, for as long as the rule lets a passkey count; each reveal under it names it.
 */
export async function signOpening(
  ctx: Context,
  { grantId, assertion }: z.infer<typeof signOpeningSchema>,
): Promise<void> {
  await recorded(ctx, async (tx) => {
    const { sessionId } = ctx;
    if (sessionId === null) throw new Refusal("not-signed-in");
    const { held, part } = await holdOpening(tx, ctx, grantId);
    const { signed, ...fresh } = await usePasskey(tx, ctx, {
      use: { purpose: "open", grantId },
      assertion,
      challengeOf: (asked) => decidedChallenge(part(asked)),
    });
    const decided = part(fresh);
    const written = { decided, at: held.now, grant: null, passkey: signed, sessionId };
    const receipt = await writeReceipt(tx, written);
    const event: AuditEvent = {
      ...aboutGrant(held),
      code: "reveal.signed",
      details: { receipt, passkey: signed.name },
    };
    return { result: undefined, event };
  });
}

type Opening = { held: HeldGrant; part: (fresh: Fresh) => DecidedPart };

/** The grant, held, if it is this person's and not over, and what an opening of it says. */
async function holdOpening(tx: WriteTransaction, ctx: Context, grantId: string): Promise<Opening> {
  await holdPermission(tx, ctx, "reveal");
  const held = await holdGrant(tx, grantId);
  const { grant, request, now } = held;
  if (grant.holderId !== ctx.actor.personId) throw new Refusal("grant-not-yours");
  if (stateAt(grant, now) !== "ready") {
    const closed = whyClosed({ ...grant, now });
    if (closed) throw closed;
  }
  if (grant.sessionId !== null && grant.sessionId !== ctx.sessionId)
    throw new Refusal("grant-of-another-session");
  const scope = { fields: grant.fields, records: grant.records, viewSeconds: grant.viewSeconds };
  const by = { id: ctx.actor.personId, name: ctx.actor.name };
  const grantHash = grant.decidedHash.toString("hex");
  return {
    held,
    part: ({ nonce, askedAt }) =>
      decidedPart(request, scope, {
        ...{ verdict: "open", by, standsInFor: null, nonce },
        opens: { grantId, grantHash, askedAt: askedAt.toISOString() },
      }),
  };
}
