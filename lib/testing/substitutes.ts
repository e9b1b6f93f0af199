import "server-only";
import type { Context } from "@/lib/auth/context";
import { nameSubstitute } from "@/lib/people/name-substitute";
import type { Story } from "./story";

/** Has an approver name a substitute from today on; gives the id of the delegation. */
export async function standsIn(
  { control }: Pick<Story, "control">,
  substitute: Context,
  delegator: Context,
): Promise<string> {
  const today = new Date().toISOString().slice(0, 10);
  await nameSubstitute(delegator, { substituteId: substitute.actor.personId, from: today, until: today });
  const [row] = await control.owner<{ id: string }[]>`
    SELECT id FROM delegations WHERE delegator_id = ${delegator.actor.personId} ORDER BY made_at DESC LIMIT 1`;
  return row!.id;
}
