import "server-only";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdDraft, soundPolicy, type DraftRef } from "@/lib/policies/hold-draft";
import { moveDraft } from "@/lib/policies/save-draft";
import { runScenarios } from "@/lib/policies/scenario";
import type { ScenarioLine } from "@/lib/policies/view";

export type TestedDraft = { passed: boolean; version: number; results: ScenarioLine[] };

/** Runs the scenarios of a draft; it counts as tested only if it has some and all of them pass. */
export async function testDraft(ctx: Context, which: DraftRef): Promise<TestedDraft> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "policies");
    const held = await holdDraft(tx, which);
    const results = runScenarios(soundPolicy(held.document));
    const passed = results.length > 0 && results.every((result) => result.passed);
    const version = await moveDraft(tx, held, { state: passed ? "tested" : "draft" });
    const failed = results.filter((result) => !result.passed).map((result) => result.name);
    return {
      result: { passed, version, results },
      event: {
        code: passed ? "policy.tested" : "policy.test_failed",
        policyVersion: held.number,
        details: { scenarios: results.length, ...(passed ? {} : { failed }) },
      },
    };
  });
}
