import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { EventCode } from "@/lib/audit/codes";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { auditForwarding } from "@/lib/db/schema/forwarding";
import type { Destination } from "@/lib/forwarding/forward-settings";

const { destination, fingerprint, removedAt } = auditForwarding;

/**
 * Puts on record what the settings of this instance say of forwarding, where that is new: a destination that was
 * configured, changed or removed. One that comes back goes on where it was.
 */
export async function recordSettings(settings: readonly Destination[]): Promise<void> {
  const known = await systemContext()
    .db.select({ destination, fingerprint, removedAt, place: auditForwarding.place })
    .from(auditForwarding);
  for (const one of settings) {
    const before = known.find((row) => row.destination === one.id);
    if (!before) await once("audit.forward_configured", one, (tx) => configure(tx, one));
    else if (before.removedAt !== null) await once("audit.forward_configured", one, (tx) => change(tx, one));
    else if (!before.fingerprint.equals(one.fingerprint))
      await once("audit.forward_changed", one, (tx) => change(tx, one));
  }
  for (const row of known)
    if (row.removedAt === null && !settings.some(({ id }) => id === row.destination))
      await once("audit.forward_removed", { id: row.destination, place: row.place }, (tx) =>
        tx
          .update(auditForwarding)
          .set({ removedAt: sql`clock_timestamp()` })
          .where(and(eq(destination, row.destination), isNull(removedAt)))
          .returning({ destination }),
      );
}

function configure(tx: WriteTransaction, { id, place, fingerprint }: Destination): Promise<unknown[]> {
  return tx
    .insert(auditForwarding)
    .values({ destination: id, place, fingerprint })
    .onConflictDoNothing()
    .returning({ destination });
}

function change(tx: WriteTransaction, one: Destination): Promise<unknown[]> {
  return tx
    .update(auditForwarding)
    .set({
      place: one.place,
      fingerprint: one.fingerprint,
      configuredAt: sql`clock_timestamp()`,
      removedAt: null,
    })
    .where(
      and(eq(destination, one.id), sql`(${fingerprint} <> ${one.fingerprint} OR ${removedAt} IS NOT NULL)`),
    )
    .returning({ destination });
}

class Done extends Error {}

/** Commits the change with its event, unless another instance has made it meanwhile. */
async function once(
  code: EventCode,
  { id, place }: { id: string; place: string },
  write: (tx: WriteTransaction) => Promise<unknown[]>,
): Promise<void> {
  try {
    await recorded(systemContext(), async (tx) => {
      if ((await write(tx)).length === 0) throw new Done();
      return { result: undefined, event: { code, details: { destination: id, place } } };
    });
  } catch (error) {
    if (!(error instanceof Done)) throw error;
  }
}
