import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import { mayDecide } from "@/lib/approvals/may-decide";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { decisions, requests } from "@/lib/db/schema/requests";
import type { Narrowing, Scope } from "@/lib/grants/narrowing";
import { readLastReset } from "@/lib/approvals/seat";
import { writeGrant } from "@/lib/approvals/write-grant";
import { Refusal } from "@/lib/refusal";
import { isAsAsked } from "@/lib/requests/content";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";

/** Which request, and its version as the approver saw it. */
export type Decidable = { requestId: string; version: number };

/** What an approver has decided; `scope` says what is granted of what was asked, null for nothing. */
export type Ballot = {
  verdict: "approve" | "narrow" | "deny";
  words: string | null;
  narrowed: Narrowing | null;
  scope: (asked: Scope) => Scope | null;
};

export type Decided = { number: number; requester: string; viewSeconds: number | null };

const outcomes = {
  approve: { state: "approved", code: "request.approved" },
  narrow: { state: "approved", code: "request.narrowed" },
  deny: { state: "denied", code: "request.denied" },
} as const;

/**
 * Decides a request: its row is locked, the approver's role read and held, the clock looked at, and the vote, the
 * new state, the grant and the event are committed together. Of two decisions at once, one wins (laws 7 and 8).
 */
export async function decide(ctx: Context, which: Decidable, ballot: Ballot): Promise<Decided> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "decide");
    const found = await holdDecidable(tx, ctx, which);
    const { request, now } = found;
    const scope = ballot.scope({
      fields: request.fields,
      records: request.records,
      viewSeconds: request.viewSeconds,
    });
    await castVote(tx, ctx, found, ballot);
    const granted = scope && (await writeGrant(tx, found, scope));
    const { code } = outcomes[ballot.verdict];
    const details: NonNullable<AuditEvent["details"]> = {
      viewSeconds: scope?.viewSeconds ?? 0,
      waitedSeconds: Math.round((now.getTime() - request.createdAt.getTime()) / 1000),
      ...(granted ? { decidedHash: granted.decidedHash.toString("hex") } : {}),
    };
    return {
      result: {
        number: request.number,
        requester: found.requester.name,
        viewSeconds: scope?.viewSeconds ?? null,
      },
      event: {
        ...eventFrame(found, scope),
        code,
        details,
        ...withGrant(granted),
        ...withWords(ballot.words),
      },
    };
  });
}

/** Locks the request and refuses unless this person may decide it now, as they saw it. */
async function holdDecidable(tx: WriteTransaction, ctx: Context, which: Decidable): Promise<FoundRequest> {
  const [held] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(eq(requests.id, which.requestId))
    .for("update");
  // A second statement: it sees what whoever held the lock before has committed, and the clock after the wait.
  const found = held && (await findRequest(tx, eq(requests.id, held.id)));
  if (!found) throw new Refusal("not-found");
  const votes = await tx
    .select({ approverId: decisions.approverId })
    .from(decisions)
    .where(eq(decisions.requestId, found.request.id));
  const verdict = mayDecide(
    { id: ctx.actor.personId, approves: true, resetAt: await readLastReset(tx, ctx.actor.personId) },
    { ...found.request, votes },
    found.now,
  );
  if (!verdict.may) throw new Refusal(verdict.why);
  if (found.request.version !== which.version) throw new Refusal("changed-meanwhile");
  if (!isAsAsked(found.request)) throw new Refusal("request-altered");
  return found;
}

async function castVote(
  tx: WriteTransaction,
  ctx: Context,
  { request }: FoundRequest,
  ballot: Ballot,
): Promise<void> {
  await tx.insert(decisions).values({
    requestId: request.id,
    requesterId: request.requesterId,
    approverId: ctx.actor.personId,
    verdict: ballot.verdict,
    words: ballot.words,
    narrowed: ballot.narrowed,
    decidedAt: sql`clock_timestamp()`,
  });
  const [moved] = await tx
    .update(requests)
    .set({
      state: outcomes[ballot.verdict].state,
      version: sql`${requests.version} + 1`,
      decidedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(requests.id, request.id),
        eq(requests.version, request.version),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: requests.id });
  // Its time ran out between the check and this statement.
  if (!moved) throw new Refusal("request-expired");
}

function eventFrame(
  { request, requester, source, table }: FoundRequest,
  scope: Scope | null,
): Omit<AuditEvent, "code"> {
  const { fields, records } = scope ?? request;
  return {
    requestId: request.id,
    requestNumber: request.number,
    subject: requester,
    resource: {
      sourceId: source.id,
      source: source.name,
      tableId: request.tableId,
      table: `${table.schema}.${table.name}`,
      records,
      recordCount: records.length,
      fields: fields.map((field) => field.column),
      classes: fields.map((field) => field.classId),
      levels: fields.map((field) => field.level),
    },
    purpose: request.purpose,
    policyVersion: request.policyVersion,
  };
}

const withGrant = (granted: { id: string } | null) => (granted ? { grantId: granted.id } : {});
const withWords = (words: string | null) => (words === null ? {} : { reason: words });
