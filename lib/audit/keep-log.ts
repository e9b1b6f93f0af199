import "server-only";
import type { Checkpoint } from "@/lib/audit/checkpoint";
import type { LogFault } from "@/lib/audit/check-events";
import { LogKeeper } from "@/lib/audit/log-keeper";
import { logSettings } from "@/lib/audit/log-settings";
import type { SendLetter } from "@/lib/audit/places";
import { record } from "@/lib/audit/recorded";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import type { LogHealthView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { rolesAllow } from "@/lib/auth/permissions";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import { reportAlarm, reportFailure } from "@/lib/web/report-failure";

const EVERY_MS = 4_000;

type Kept = { keeper: LogKeeper; timers: NodeJS.Timeout[]; mail: SendLetter | null };

// Pages and the start-up of Next.js are bundled apart: they meet on the global object.
const kept = globalThis as typeof globalThis & { glimpseLog?: Kept };

function keeperOf(): Kept {
  return (kept.glimpseLog ??= {
    keeper: new LogKeeper({
      db: readDatabase(),
      settings: logSettings,
      now: () => performance.now(),
      alarm: raise,
      mail: async (letter) => {
        const send = kept.glimpseLog?.mail;
        if (!send) throw new Error("This instance sends no mail.");
        await send(letter);
      },
    }),
    timers: [],
    mail: null,
  });
}

/**
 * Starts to check, sign and publish the log every few seconds in this instance; each instance may. A turn that fails, as
 * when the database is away, is reported and tried again. `mail` is how a checkpoint goes to somebody by e-mail.
 */
export function startKeepingLog(mail: SendLetter): void {
  const log = keeperOf();
  log.mail = mail;
  if (log.timers.length > 0) return;
  log.timers = [every(() => log.keeper.turn()), every(() => log.keeper.publish())];
}

/** Does it again and again, and never twice at once. */
function every(deed: () => Promise<void>): NodeJS.Timeout {
  let running = false;
  const turn = async () => {
    if (running) return;
    running = true;
    try {
      await deed();
    } catch (error) {
      reportFailure(error);
    } finally {
      running = false;
    }
  };
  return setInterval(() => void turn(), EVERY_MS).unref();
}

/** A checkpoint of the log as it is now, made where there is none yet; null where it cannot be signed. */
export async function presentCheckpoint(): Promise<{ checkpoint: Checkpoint; note: string } | null> {
  // Without a key there is no need to wait until all events are checked.
  return logSettings().key === null ? null : keeperOf().keeper.checkpoint();
}

/** How the log stands, as the instance that answers knows it. */
export function readLogHealth(ctx: Context): LogHealthView {
  requirePermission(ctx, "audit");
  const { key } = logSettings();
  const { fault, verifiedSize, wholeAt, wholeSize, signed, places } = keeperOf().keeper.health();
  return {
    fault: fault && { firstBad: fault.firstBad, why: fault.why, since: fault.since.toISOString() },
    verifierKey: key && writeVerifierKey(key),
    verifiedSize,
    whole: wholeAt && { at: wholeAt.toISOString(), size: wholeSize },
    checkpoint: signed && {
      size: signed.checkpoint.size,
      root: signed.checkpoint.root.toString("hex"),
      at: signed.madeAt.toISOString(),
    },
    places: places.map((place) => ({ ...place, at: place.at?.toISOString() ?? null })),
  };
}

/** What those who answer for the log must hear at once: that it is not what was signed. Null for all others. */
export function readLogAlarm(ctx: Context): { why: string; firstBad: number | null } | null {
  const { roles } = ctx.actor;
  if (!rolesAllow(roles, "audit") && !rolesAllow(roles, "people")) return null;
  const { fault } = keeperOf().keeper.health();
  return fault && { why: fault.why, firstBad: fault.firstBad };
}

/** Says it in the server's log and, where that can still be written, in the log itself. */
async function raise(fault: LogFault | null): Promise<void> {
  reportAlarm(
    fault ? "the audit log is not what was signed" : "the audit log was found whole again",
    fault ?? {},
  );
  try {
    await record(
      systemContext(),
      fault
        ? { code: "audit.check_failed", details: { why: fault.why, firstBad: fault.firstBad ?? "unknown" } }
        : { code: "audit.check_mended" },
    );
  } catch (error) {
    reportFailure(error);
  }
}
