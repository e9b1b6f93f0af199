import { activatePolicy } from "@/lib/policies/activate-policy";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { newDraft } from "@/lib/policies/save-draft";
import { testDraft } from "@/lib/policies/test-draft";
import { policyOf, someSignals } from "@/lib/testing/policies";
import type { Deeds } from "./deeds";

/**
 * Pia writes and tests these rules, before the built-in ones, and Quinn activates them; without any, those alone count.
 * `outcome` is what they say of anybody.
 */
export async function activateRules(
  deeds: Deeds,
  note: string,
  rules: readonly object[],
  outcome: "auto" | "review" = "auto",
): Promise<void> {
  const pia = await deeds.contextOf("Pia");
  const scenario = { name: "anybody", given: someSignals(), expect: { outcome } };
  const document =
    rules.length === 0
      ? defaultPolicy
      : policyOf([...rules, ...defaultPolicy.rules], { scenarios: [scenario] as never });
  const draft = await newDraft(pia, { basedOn: null, note, document });
  const { version } = await testDraft(pia, draft);
  await activatePolicy(await deeds.contextOf("Quinn"), { number: draft.number, version });
}
