import "server-only";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { escalate } from "@/lib/expiry/escalate";
import { remind } from "@/lib/expiry/remind";
import { reroute } from "@/lib/expiry/reroute";
import { sweep } from "@/lib/expiry/sweep";
import { reportFailure } from "@/lib/web/report-failure";

const EVERY_MS = 5_000;

// Development loads modules again: one timer is enough.
const kept = globalThis as typeof globalThis & { glimpseSweeper?: NodeJS.Timeout };

/**
 * Starts sweeping every few seconds in this instance; each instance may, the database lets one at a time. A sweep
 * that fails is reported and tried again: until then the clock refuses all the same.
 */
export function startSweeper(): void {
  if (kept.glimpseSweeper) return;
  let running = false;
  const turn = async () => {
    if (running) return;
    running = true;
    try {
      await sweep();
      await reroute();
      await remind();
      await escalate();
      await tendCampaigns();
    } catch (error) {
      reportFailure(error);
    } finally {
      running = false;
    }
  };
  kept.glimpseSweeper = setInterval(() => void turn(), EVERY_MS);
  kept.glimpseSweeper.unref();
}
