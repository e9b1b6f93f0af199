import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { draftRefSchema } from "@/lib/policies/hold-draft";
import { readPolicyVersion } from "@/lib/policies/list-policies";
import { scenarioSchema } from "@/lib/policies/policy";
import { saveAndTest } from "@/lib/policies/save-and-test";
import type { TestedDraft } from "@/lib/policies/test-draft";

export const keepScenarioSchema = draftRefSchema.extend({ scenario: scenarioSchema });

/** Adds a scenario to a draft as it was seen, and tries the draft on all of them; it has to be tested again like any change. */
export async function keepScenario(
  ctx: Context,
  { number, version, scenario }: z.infer<typeof keepScenarioSchema>,
): Promise<TestedDraft> {
  const { policy, note } = await readPolicyVersion(ctx, number);
  const document = { ...policy, scenarios: [...policy.scenarios, scenario] };
  return saveAndTest(ctx, { number, version, note, document });
}
