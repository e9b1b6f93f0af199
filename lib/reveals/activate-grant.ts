import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requireFreshPassword } from "@/lib/auth/fresh-password";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import { lackOfPasskey } from "@/lib/auth/use-passkey";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { grants, requests } from "@/lib/db/schema/requests";
import { whyClosed } from "@/lib/grants/coverage";
import { msLeft, msToStart, stateAt, type GrantState } from "@/lib/grants/grant";
import { isOpeningSigned } from "@/lib/grants/is-opening-signed";
import { holdSession } from "@/lib/grants/hold-session";
import { openedNow, thisMoment } from "@/lib/grants/opened-now";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { Refusal } from "@/lib/refusal";

/**
 * Starts the window of a ready grant, counted from now by the database clock. For a grant that is open already it
 * tells what is left: a second tab, or a second click, buys no fresh window.
 */
export async function activateGrant(ctx: Context, grantId: string): Promise<{ msLeft: number }> {
  const window = await readWindow(ctx, grantId);
  if (window.state === "active") return { msLeft: window.msLeft };
  try {
    return await recorded(ctx, (tx) => activate(tx, ctx, grantId, window));
  } catch (error) {
    // Another tab was faster, or its time ran out meanwhile: the second look says which.
    if (error instanceof NotReady) return { msLeft: (await readWindow(ctx, grantId)).msLeft };
    throw error;
  }
}

class NotReady extends Error {}

async function activate(tx: WriteTransaction, ctx: Context, grantId: string, { withSession }: Window) {
  await holdPermission(tx, ctx, "reveal");
  if (withSession) await holdSession(tx, ctx);
  const asks = await readStepUp(tx, ctx, grantId);
  if (asks.password) await requireFreshPassword(tx, ctx, STEP_UP_MINUTES);
  if (asks.passkey && !asks.isSigned) throw new Refusal(await lackOfPasskey(tx, ctx.actor.personId));
  const [row] = await tx
    .update(grants)
    .set(openedNow(ctx.sessionId))
    .from(thisMoment)
    .where(
      and(
        eq(grants.id, grantId),
        eq(grants.holderId, ctx.actor.personId),
        eq(grants.state, "ready"),
        sql`${grants.activateBy} > moment.now`,
        sql`coalesce(${grants.notBefore} <= moment.now, true)`,
      ),
    )
    .returning({ grant: grants, now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy) });
  if (!row) throw new NotReady();
  const { grant } = row;
  const [about] = await tx
    .select({
      number: requests.number,
      purpose: requests.purpose,
      source: sources.name,
      table: sql<string>`${catalogTables.schema} || '.' || ${catalogTables.name}`,
    })
    .from(requests)
    .innerJoin(sources, eq(sources.id, requests.sourceId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .where(eq(requests.id, grant.requestId));
  if (!about) throw new Error("A grant without its request cannot be opened.");
  return {
    result: { msLeft: msLeft(grant, row.now) },
    event: {
      code: "grant.activated" as const,
      grantId,
      requestId: grant.requestId,
      requestNumber: about.number,
      resource: {
        ...{ sourceId: grant.sourceId, source: about.source, tableId: grant.tableId, table: about.table },
        recordCount: grant.records.length,
        fields: grant.fields.map((field) => field.column),
        classes: grant.fields.map((field) => field.classId),
        levels: grant.fields.map((field) => field.level),
      },
      purpose: about.purpose,
      policyVersion: grant.policyVersion,
      details: { viewSeconds: grant.viewSeconds, ...(withSession ? { withSession } : {}) },
    },
  };
}

/** What the rule of a grant asks for before it is opened, as it was frozen with its request. */
async function readStepUp(
  tx: WriteTransaction,
  ctx: Context,
  grantId: string,
): Promise<{ password: boolean; passkey: boolean; isSigned: boolean }> {
  const [row] = await tx
    .select({ ruling: requests.ruling, isSigned: isOpeningSigned(ctx, STEP_UP_MINUTES) })
    .from(grants)
    .innerJoin(requests, eq(requests.id, grants.requestId))
    .where(eq(grants.id, grantId));
  const { ruling, isSigned } = row ?? {};
  return {
    password: ruling?.stepUp === true,
    passkey: ruling?.passkey === true,
    isSigned: isSigned === true,
  };
}

type Window = { state: Extract<GrantState, "ready" | "active">; msLeft: number; withSession: boolean };

/** How the person's own grant stands; refuses what is not theirs, what has not begun, and what is over. */
async function readWindow(ctx: Context, grantId: string): Promise<Window> {
  requirePermission(ctx, "reveal");
  const [grant] = await ctx.db
    .select({
      holderId: grants.holderId,
      state: grants.state,
      withSession: grants.withSession,
      sessionId: grants.sessionId,
      notBefore: grants.notBefore,
      activateBy: grants.activateBy,
      endsAt: grants.endsAt,
      now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy),
    })
    .from(grants)
    .where(eq(grants.id, grantId));
  if (!grant) throw new Refusal("not-found");
  if (grant.holderId !== ctx.actor.personId) throw new Refusal("grant-not-yours");
  const state = stateAt(grant, grant.now);
  if (state === "ready" && msToStart(grant, grant.now) > 0) throw new Refusal("grant-not-yet");
  if (state === "active" && grant.sessionId !== null && grant.sessionId !== ctx.sessionId)
    throw new Refusal("grant-of-another-session");
  const { withSession } = grant;
  if (state === "ready" || state === "active")
    return { state, msLeft: msLeft(grant, grant.now), withSession };
  throw whyClosed(grant) ?? new Refusal("grant-ended");
}
