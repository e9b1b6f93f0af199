import "server-only";
import { isIP } from "node:net";
import { env } from "@/lib/env";

/** The client's address as the trusted proxy in front saw it; null where there is none to trust. */
export function clientAddress(forwardedFor: string | null): string | null {
  if (!env().trustProxy) return null;
  // Only the last entry was written by our own proxy: everything before it is the client's word.
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  return isIP(last) ? last : null;
}
