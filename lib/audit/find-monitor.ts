import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { logSettings } from "@/lib/audit/log-settings";

/** The name of the monitor that an Authorization header speaks for; null when its token is nobody's. */
export function findMonitor(header: string): string | null {
  const token = /^Bearer (\S{32,512})$/.exec(header)?.[1];
  if (token === undefined) return null;
  const hash = createHash("sha256").update(token).digest();
  // All are compared, in the same time each.
  const found = logSettings().monitors.filter(({ tokenHash }) => timingSafeEqual(tokenHash, hash));
  return found[0]?.name ?? null;
}
