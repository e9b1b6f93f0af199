import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { EventCode } from "@/lib/audit/codes";
import { systemContext } from "@/lib/auth/system-context";
import { auditForwarding, type DestinationId } from "@/lib/db/schema/forwarding";
import { isFarBehind, readForwardStates, type ForwardState } from "@/lib/forwarding/read-forwarding";
import { reportAlarm } from "@/lib/web/report-failure";

/** A trouble that is over within a minute is none. */
const failedMs = 60_000;

/**
 * Puts on record, once each, that a destination fails, that it is more than an hour behind, which is an alarm too, and that
 * it has recovered.
 */
export async function tellTrouble(id: DestinationId): Promise<void> {
  const states = await readForwardStates(systemContext().db);
  const state = states.find(({ destination }) => destination === id);
  if (!state) return;
  const { told } = state;
  if (isFarBehind(state)) {
    if (told === "behind") return;
    await tell(state, "audit.forward_behind", "behind");
    reportAlarm("a destination of the audit log is more than an hour behind", {
      destination: id,
      behind: state.behind,
    });
  } else if (state.failingMs > failedMs && told === null) await tell(state, "audit.forward_failed", "failed");
  else if (state.failingSince === null && told !== null) await tell(state, "audit.forward_recovered", null);
}

async function tell(state: ForwardState, code: EventCode, told: ForwardState["told"]): Promise<void> {
  const { destination, place, trouble, behind } = state;
  await recorded(systemContext(), async (tx) => {
    await tx
      .update(auditForwarding)
      .set({ told })
      .where(
        and(
          eq(auditForwarding.destination, destination),
          sql`${auditForwarding.told} IS NOT DISTINCT FROM ${state.told}`,
        ),
      );
    const details = { destination, place, behind, ...(trouble === null ? {} : { why: trouble }) };
    return { result: undefined, event: { code, details } };
  });
}
