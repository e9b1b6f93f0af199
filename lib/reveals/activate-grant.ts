import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { grants, requests } from "@/lib/db/schema/requests";
import { whyClosed } from "@/lib/grants/coverage";
import { msLeft, stateAt, type GrantState } from "@/lib/grants/grant";
import { Refusal } from "@/lib/refusal";

/**
 * Starts the window of a ready grant, counted from now by the database clock. For a grant that is open already it
 * tells what is left: a second tab, or a second click, buys no fresh window.
 */
export async function activateGrant(ctx: Context, grantId: string): Promise<{ msLeft: number }> {
  const window = await readWindow(ctx, grantId);
  if (window.state === "active") return { msLeft: window.msLeft };
  try {
    return await recorded(ctx, (tx) => activate(tx, ctx, grantId));
  } catch (error) {
    // Another tab was faster, or its time ran out meanwhile: the second look says which.
    if (error instanceof NotReady) return { msLeft: (await readWindow(ctx, grantId)).msLeft };
    throw error;
  }
}

class NotReady extends Error {}

async function activate(tx: WriteTransaction, ctx: Context, grantId: string) {
  await holdPermission(tx, ctx, "reveal");
  const [row] = await tx
    .update(grants)
    .set({
      state: "active",
      version: sql`${grants.version} + 1`,
      // One reading of the clock for both: their distance is exactly the window.
      activatedAt: sql`moment.now`,
      endsAt: sql`moment.now + make_interval(secs => ${grants.viewSeconds})`,
    })
    .from(sql`(SELECT clock_timestamp() AS now) AS moment`)
    .where(
      and(
        eq(grants.id, grantId),
        eq(grants.holderId, ctx.actor.personId),
        eq(grants.state, "ready"),
        sql`${grants.activateBy} > clock_timestamp()`,
      ),
    )
    .returning({ grant: grants, now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy) });
  if (!row) throw new NotReady();
  const { grant } = row;
  const [request] = await tx
    .select({ number: requests.number })
    .from(requests)
    .where(eq(requests.id, grant.requestId));
  return {
    result: { msLeft: msLeft(grant, row.now) },
    event: {
      code: "grant.activated" as const,
      grantId,
      requestId: grant.requestId,
      ...(request ? { requestNumber: request.number } : {}),
      resource: {
        sourceId: grant.sourceId,
        tableId: grant.tableId,
        recordCount: grant.records.length,
        fields: grant.fields.map((field) => field.column),
      },
      policyVersion: grant.policyVersion,
      details: { viewSeconds: grant.viewSeconds },
    },
  };
}

type Window = { state: Extract<GrantState, "ready" | "active">; msLeft: number };

/** How the person's own grant stands; refuses what is not theirs and what is over. */
async function readWindow(ctx: Context, grantId: string): Promise<Window> {
  requirePermission(ctx, "reveal");
  const [grant] = await ctx.db
    .select({
      holderId: grants.holderId,
      state: grants.state,
      activateBy: grants.activateBy,
      endsAt: grants.endsAt,
      now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy),
    })
    .from(grants)
    .where(eq(grants.id, grantId));
  if (!grant) throw new Refusal("not-found");
  if (grant.holderId !== ctx.actor.personId) throw new Refusal("grant-not-yours");
  const state = stateAt(grant, grant.now);
  if (state === "ready" || state === "active") return { state, msLeft: msLeft(grant, grant.now) };
  throw whyClosed(grant) ?? new Refusal("grant-ended");
}
