import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { policyVersions } from "@/lib/db/schema/policies";
import { holdActivation } from "@/lib/policies/hold-policy";
import { holdDraft, soundPolicy, type DraftRef } from "@/lib/policies/hold-draft";
import { locksOut } from "@/lib/policies/read-lock-out";
import { emptySteps } from "@/lib/policies/read-empty-steps";
import { runScenarios } from "@/lib/policies/scenario";
import { Refusal } from "@/lib/refusal";

/**
 * Makes a tested draft the policy that counts, in place of the one before it. Whoever wrote a part of it cannot (law 7,
 * and a constraint of the database); nor can anybody while one of its steps has nobody who could fill it, or while it
 * denies whatever is asked.
 */
export async function activatePolicy(ctx: Context, which: DraftRef): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "policies");
    await holdActivation(tx);
    const held = await holdDraft(tx, which);
    if (held.editorIds.includes(ctx.actor.personId)) throw new Refusal("policy-own");
    if (held.state !== "tested") throw new Refusal("policy-untested");
    const compiled = soundPolicy(held.document);
    // Glimpse itself may be another than when it was tested.
    if (runScenarios(compiled).some((result) => !result.passed)) throw new Refusal("policy-untested");
    if (await locksOut(tx, compiled)) throw new Refusal("policy-locks-out");
    const empty = await emptySteps(tx, compiled.policy);
    if (Object.keys(empty).length > 0) throw new Refusal("step-empty", empty);
    const retired = await retireActive(tx);
    await tx
      .update(policyVersions)
      .set({
        state: "active",
        version: sql`${policyVersions.version} + 1`,
        activatedBy: ctx.actor.personId,
        activatedAt: sql`clock_timestamp()`,
      })
      .where(eq(policyVersions.number, held.number));
    const activated: AuditEvent = {
      code: "policy.activated",
      policyVersion: held.number,
      details: { rules: compiled.policy.rules.map((rule) => rule.name) },
    };
    const before: AuditEvent[] = retired === null ? [] : [{ code: "policy.retired", policyVersion: retired }];
    return { result: { number: held.number }, event: [activated, ...before] };
  });
}

async function retireActive(tx: WriteTransaction): Promise<number | null> {
  const [row] = await tx
    .update(policyVersions)
    .set({
      state: "retired",
      version: sql`${policyVersions.version} + 1`,
      retiredAt: sql`clock_timestamp()`,
    })
    .where(eq(policyVersions.state, "active"))
    .returning({ number: policyVersions.number });
  return row?.number ?? null;
}
