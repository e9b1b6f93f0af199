import "server-only";
import { eq } from "drizzle-orm";
import { mayDecide, type WhyNot } from "@/lib/approvals/may-decide";
import { readLastReset } from "@/lib/approvals/seat";
import { isOpenToTalk, whyNotWrite, type WhyNotWrite } from "@/lib/approvals/thread";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { holdRoles } from "@/lib/auth/require-permission";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { takenBy } from "@/lib/policies/standing";
import { mayReadRequest } from "@/lib/requests/may-read";
import { isInAudience } from "@/lib/requests/read-seats";
import { readStanding } from "@/lib/requests/read-standing";

/** What somebody may write about a request, and why not. */
export type Voice = { whyNotWrite: WhyNotWrite | null; whyNotAsk: WhyNot | null };

/**
 * Locks a request for words about it and reads what this person may say, by the roles and seats of this moment (law 7).
 * For those who may not read it, it is not there.
 */
export async function holdThread(
  tx: WriteTransaction,
  ctx: Context,
  requestId: string,
): Promise<{ found: FoundRequest; voice: Voice }> {
  const { personId } = ctx.actor;
  const roles = await holdRoles(tx, personId);
  await tx.select({ id: requests.id }).from(requests).where(eq(requests.id, requestId)).for("update");
  // A second statement: it sees the decision that the lock may have waited for, and the clock after the wait.
  const found = await findRequest(tx, eq(requests.id, requestId));
  const reads = found && (await mayReadRequest(tx, { personId, roles }, found.request));
  if (!reads) throw new Refusal("not-found");
  return { found, voice: await readVoice(tx, { personId, roles }, found) };
}

/** What this person may say about a request that they may read, as things stand. */
export async function readVoice(
  db: Pick<ReadDatabase, "select">,
  { personId, roles }: { personId: string; roles: readonly Role[] },
  found: FoundRequest,
): Promise<Voice> {
  const { request, votes, now } = found;
  const isRequester = request.requesterId === personId;
  const decides = rolesAllow(roles, "decide");
  const decidedAlone = request.ruling !== null && request.route === null;
  const [standing, inAudience, resetAt] = await Promise.all([
    isRequester || decidedAlone ? null : readStanding(db, found),
    isRequester ? false : isInAudience(db, request.id, personId),
    readLastReset(db, personId),
  ]);
  const able = (standing && (standing.done ? standing.seated : standing.people)) ?? [];
  const writer = {
    ...{ isRequester, asks: rolesAllow(roles, "request"), decides },
    seated: inAudience || able.some(({ id }) => id === personId),
    voted: votes.some((vote) => vote.approverId === personId),
    seatEnded: resetAt !== null && resetAt >= request.createdAt,
  };
  const takenIds = [...takenBy(votes, standing?.standIns ?? [])];
  const eligibleIds = [...able.map(({ id }) => id), ...takenIds];
  const verdict = mayDecide(
    { id: personId, approves: decides, resetAt },
    { ...request, eligibleIds, votes, takenIds },
    now,
  );
  return {
    whyNotWrite: whyNotWrite(writer, isOpenToTalk(found, now)),
    whyNotAsk: verdict.may ? null : verdict.why,
  };
}
