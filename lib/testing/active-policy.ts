import "server-only";
import type { Policy } from "@/lib/policies/policy";
import { policyOf } from "./policies";
import type { Story } from "./story";

/** Puts a policy of these rules into force, as if Pia had written it and Ada activated it. */
export async function activePolicy(
  { control, pia, ada }: Story,
  rules: readonly object[],
  change: Partial<Policy> = {},
): Promise<void> {
  const { owner } = control;
  const document = JSON.stringify(policyOf(rules, change));
  await owner`UPDATE policy_versions SET state = 'retired', retired_at = clock_timestamp() WHERE state = 'active'`;
  await owner`
    INSERT INTO policy_versions (state, document, note, editor_ids, activated_by, activated_at)
    VALUES ('active', ${document}::text::jsonb, 'for a test', ARRAY[${pia.actor.personId}]::uuid[],
      ${ada.actor.personId}, clock_timestamp())`;
}
